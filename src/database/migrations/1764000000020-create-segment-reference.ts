import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from './table-builder.js';

export class CreateSegmentReference1764000000020 implements MigrationInterface {
  name = 'CreateSegmentReference1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'segment_reference',
      columns: {
        id: 'id',
        organization_id: 'id',
        segment_id: 'id',
        kind: 'word',
        reference_key: 'key',
        reference_key_folded: 'key',
        name: 'name',
        name_folded: 'name',
        url: 'text',
        created_at: 'time',
        created_by_id: 'id',
      },
      key: ['id'],
      // No cascade: this is what keeps a segment that is in use, whatever way it would go.
      references: { segment_id: { table: 'segment' }, created_by_id: { table: 'user' } },
      indexes: { uq_segment_reference: { columns: ['segment_id', 'kind', 'reference_key'], unique: true } },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('segment_reference', true);
  }
}
