import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndex, dropIndex } from './table-builder.js';

type Indexes = Readonly<Record<string, readonly string[]>>;

/** Each order in each scope, both ways; behind the id what a scope asks besides, so that skipping to a page reads no rows. */
const after: Indexes = {
  ix_segment_name: ['organization_id', 'name', 'id', 'project_id'],
  ix_segment_name_down: ['organization_id', 'name DESC', 'id', 'project_id'],
  ix_segment_created: ['organization_id', 'created_at', 'id', 'project_id'],
  ix_segment_created_down: ['organization_id', 'created_at DESC', 'id', 'project_id'],
  ix_segment_in_project_name: ['project_id', 'name', 'id', 'organization_id'],
  ix_segment_in_project_name_down: ['project_id', 'name DESC', 'id', 'organization_id'],
  ix_segment_in_project_created: ['project_id', 'created_at', 'id', 'organization_id'],
  ix_segment_in_project_created_down: ['project_id', 'created_at DESC', 'id', 'organization_id'],
  ix_segment_in_model_created: ['model_id', 'created_at', 'id', 'organization_id'],
  ix_segment_in_model_created_down: ['model_id', 'created_at DESC', 'id', 'organization_id'],
};

const before: Indexes = {
  ix_segment_organization_name: ['organization_id', 'name', 'id'],
  ix_segment_organization_created: ['organization_id', 'created_at', 'id'],
  ix_segment_project_name: ['project_id', 'name', 'id'],
  ix_segment_project_created: ['project_id', 'created_at', 'id'],
  ix_segment_model_created: ['model_id', 'created_at', 'id'],
};

export class OrderSegments1764000000011 implements MigrationInterface {
  name = 'OrderSegments1764000000011';

  up(runner: QueryRunner): Promise<void> {
    return replace(runner, before, after);
  }

  down(runner: QueryRunner): Promise<void> {
    return replace(runner, after, before);
  }
}

/** The new ones first: a foreign key is never without its index. */
async function replace(runner: QueryRunner, old: Indexes, wanted: Indexes): Promise<void> {
  for (const [name, columns] of Object.entries(wanted)) await createIndex(runner, 'segment', name, columns);
  for (const name of Object.keys(old)) await dropIndex(runner, 'segment', name);
}
