import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from './table-builder.js';

export class RecordSegmentEvents1764000000040 implements MigrationInterface {
  name = 'RecordSegmentEvents1764000000040';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'segment_event',
      columns: {
        id: 'id',
        organization_id: 'id',
        sequence: 'count',
        type: 'word',
        occurred_at: 'time',
        actor_id: 'id',
        segment_id: 'id',
        segment_name: 'name',
        segment_name_folded: 'name',
        model_id: 'id',
        project_id: 'id',
      },
      key: ['id'],
      indexes: {
        ix_segment_event_sequence: { columns: ['organization_id', 'sequence', 'project_id', 'occurred_at'] },
        ix_segment_event_time: { columns: ['occurred_at'] },
      },
    });
    await createTable(runner, {
      name: 'segment_event_cursor',
      columns: { organization_id: 'id', last: 'count' },
      key: ['organization_id'],
    });
    await createTable(runner, {
      name: 'segment_event_reader',
      columns: { user_id: 'id', project_id: 'id', read_until: 'time' },
      key: ['user_id', 'project_id'],
      indexes: { ix_segment_event_reader_time: { columns: ['read_until'] } },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['segment_event_reader', 'segment_event_cursor', 'segment_event']) await runner.dropTable(table, true);
  }
}
