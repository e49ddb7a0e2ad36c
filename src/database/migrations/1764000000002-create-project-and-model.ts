import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from './table-builder.js';
import { audit, auditReferences } from './audit-columns.js';

export class CreateProjectAndModel1764000000002 implements MigrationInterface {
  name = 'CreateProjectAndModel1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'project',
      columns: { id: 'id', organization_id: 'id', name: 'name', name_folded: 'name', asset_type: 'word', ...audit },
      key: ['id'],
      references: { organization_id: { table: 'organization' }, ...auditReferences },
      indexes: {
        uq_project_name: { columns: ['organization_id', 'name'], unique: true },
        ix_project_created: { columns: ['organization_id', 'created_at', 'id'] },
      },
    });
    await createTable(runner, {
      name: 'project_member',
      columns: { project_id: 'id', user_id: 'id', role: 'word', created_at: 'time' },
      key: ['project_id', 'user_id'],
      references: { project_id: { table: 'project', cascade: true }, user_id: { table: 'user', cascade: true } },
      indexes: { ix_project_member_user: { columns: ['user_id', 'project_id', 'role'] } },
    });
    await createTable(runner, {
      name: 'model',
      columns: {
        id: 'id',
        organization_id: 'id',
        project_id: 'id',
        name: 'name',
        name_folded: 'name',
        version: 'version',
        version_folded: 'version',
        description: 'text',
        description_folded: 'text',
        input_type: 'word',
        task: 'word',
        artifact_status: 'word',
        column_schema: 'json',
        spec: 'json',
        details: 'json',
        ...audit,
      },
      key: ['id'],
      references: { organization_id: { table: 'organization' }, project_id: { table: 'project', cascade: true }, ...auditReferences },
      indexes: {
        uq_model_name_version: { columns: ['project_id', 'name', 'version'], unique: true },
        ix_model_organization_name: { columns: ['organization_id', 'name', 'id'] },
        ix_model_created: { columns: ['organization_id', 'created_at', 'id'] },
      },
    });
    await createTable(runner, {
      name: 'job',
      columns: { id: 'id', organization_id: 'id', name: 'name', status: 'word', progress: 'count', info: 'json', created_at: 'time' },
      key: ['id'],
      references: { organization_id: { table: 'organization' } },
      indexes: { ix_job_organization: { columns: ['organization_id', 'created_at'] } },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['job', 'model', 'project_member', 'project']) await runner.dropTable(table, true);
  }
}
