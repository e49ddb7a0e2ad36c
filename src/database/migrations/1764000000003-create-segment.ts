import type { MigrationInterface, QueryRunner } from 'typeorm';
import { audit, auditReferences } from './audit-columns.js';
import { createTable } from './table-builder.js';

export class CreateSegment1764000000003 implements MigrationInterface {
  name = 'CreateSegment1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'segment',
      columns: {
        id: 'id',
        organization_id: 'id',
        project_id: 'id',
        model_id: 'id',
        name: 'name',
        name_folded: 'name',
        description: 'text',
        description_folded: 'text',
        definition: 'text',
        definition_folded: 'text',
        fingerprint: 'fingerprint',
        ...audit,
      },
      key: ['id'],
      references: {
        organization_id: { table: 'organization' },
        project_id: { table: 'project', cascade: true },
        model_id: { table: 'model', cascade: true },
        ...auditReferences,
      },
      indexes: {
        uq_segment_name: { columns: ['model_id', 'name'], unique: true },
        ix_segment_organization_name: { columns: ['organization_id', 'name', 'id'] },
        ix_segment_organization_created: { columns: ['organization_id', 'created_at', 'id'] },
        ix_segment_project_name: { columns: ['project_id', 'name', 'id'] },
        ix_segment_project_created: { columns: ['project_id', 'created_at', 'id'] },
        ix_segment_model_created: { columns: ['model_id', 'created_at', 'id'] },
        ix_segment_fingerprint: { columns: ['model_id', 'fingerprint'] },
      },
    });
    await createTable(runner, {
      name: 'segment_column',
      columns: { segment_id: 'id', column_name: 'name' },
      key: ['segment_id', 'column_name'],
      references: { segment_id: { table: 'segment', cascade: true } },
      indexes: { ix_segment_column_name: { columns: ['column_name', 'segment_id'] } },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('segment_column', true);
    await runner.dropTable('segment', true);
  }
}
