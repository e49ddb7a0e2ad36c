import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndex, dropIndex } from './table-builder.js';

const [table, index] = ['idempotency_key', 'ix_idempotency_key_time'];

/** Answers that have expired, whosever they are. */
export class FindExpiredAnswers1764000000050 implements MigrationInterface {
  name = 'FindExpiredAnswers1764000000050';

  up(runner: QueryRunner): Promise<void> {
    return createIndex(runner, table, index, ['expires_at']);
  }

  down(runner: QueryRunner): Promise<void> {
    return dropIndex(runner, table, index);
  }
}
