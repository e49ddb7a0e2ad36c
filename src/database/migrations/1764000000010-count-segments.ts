import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from './table-builder.js';

export class CountSegments1764000000010 implements MigrationInterface {
  name = 'CountSegments1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'segment_count',
      columns: { project_id: 'id', model_id: 'id', slot: 'count', organization_id: 'id', total: 'count' },
      key: ['project_id', 'model_id', 'slot'],
      references: { model_id: { table: 'model', cascade: true } },
      indexes: { ix_segment_count_model: { columns: ['model_id'] } },
    });
    // Emptied first, so that a step cut short can be run again.
    await runner.query('DELETE FROM segment_count');
    await runner.query(
      `INSERT INTO segment_count (project_id, model_id, slot, organization_id, total)
       SELECT project_id, model_id, 0, organization_id, COUNT(*) FROM segment GROUP BY project_id, model_id, organization_id`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('segment_count', true);
  }
}
