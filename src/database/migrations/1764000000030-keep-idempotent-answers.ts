import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from './table-builder.js';

export class KeepIdempotentAnswers1764000000030 implements MigrationInterface {
  name = 'KeepIdempotentAnswers1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'idempotency_key',
      columns: {
        organization_id: 'id',
        user_id: 'id',
        request_key: 'ascii',
        request_hash: 'word',
        answer: 'json',
        created_at: 'time',
        expires_at: 'time',
      },
      key: ['organization_id', 'user_id', 'request_key'],
      references: { organization_id: { table: 'organization' }, user_id: { table: 'user', cascade: true } },
      indexes: { ix_idempotency_key_expiry: { columns: ['user_id', 'expires_at'] } },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_key', true);
  }
}
