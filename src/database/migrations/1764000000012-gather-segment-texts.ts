import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, engineOf } from './table-builder.js';

const words = {
  mysql: "CONCAT(name_folded, '\\n', description_folded, '\\n', definition_folded)",
  sqlite: 'name_folded || char(10) || description_folded || char(10) || definition_folded',
};

export class GatherSegmentTexts1764000000012 implements MigrationInterface {
  name = 'GatherSegmentTexts1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'segment_text',
      columns: { organization_id: 'id', id: 'id', project_id: 'id', model_id: 'id', created_by_id: 'id', words: 'searched' },
      key: ['organization_id', 'id'],
      references: { id: { table: 'segment', cascade: true } },
      indexes: { ix_segment_text_segment: { columns: ['id'] } },
    });
    // Emptied first, so that a step cut short can be run again.
    await runner.query('DELETE FROM segment_text');
    await runner.query(
      `INSERT INTO segment_text (organization_id, id, project_id, model_id, created_by_id, words)
       SELECT organization_id, id, project_id, model_id, created_by_id, ${words[engineOf(runner)]} FROM segment`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('segment_text', true);
  }
}
