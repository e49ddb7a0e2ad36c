import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from './table-builder.js';

export class CreateOrganizationAndUser1764000000001 implements MigrationInterface {
  name = 'CreateOrganizationAndUser1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'organization',
      columns: { id: 'id', name: 'name', name_folded: 'name', created_at: 'time', updated_at: 'time' },
      key: ['id'],
      indexes: { uq_organization_name: { columns: ['name'], unique: true } },
    });
    await createTable(runner, {
      name: 'user',
      columns: {
        id: 'id',
        organization_id: 'id',
        email: 'name',
        email_folded: 'name',
        full_name: 'name',
        full_name_folded: 'name',
        role: 'word',
        active: 'flag',
        created_at: 'time',
        updated_at: 'time',
      },
      key: ['id'],
      references: { organization_id: { table: 'organization' } },
      indexes: { uq_user_email: { columns: ['email'], unique: true }, ix_user_organization: { columns: ['organization_id'] } },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('user', true);
    await runner.dropTable('organization', true);
  }
}
