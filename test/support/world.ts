import { afterAll, beforeAll } from '@jest/globals';
import { apiAt, type Api } from './api.js';
import { filledDatabase, type TestDatabase } from './database.js';
import { documentWatcher, openApiCheck } from './openapi-check.js';
import type { SchemaCheck } from './schema-check.js';
import { watchRaw } from './raw.js';
import { startService, type Service, type Variables } from './service.js';

/** A suite's own service on its own database with the two tenants in it. */
export interface World {
  readonly api: Api;
  readonly database: TestDatabase;
  readonly service: Service;
  /** The published document, which every answer is held against. */
  readonly document: SchemaCheck;
}

/** Sets a world up before the suite's tests and takes it down after them. */
export function useWorld(env: Variables = {}): World {
  const world: { -readonly [member in keyof World]?: World[member] } = {};
  beforeAll(async () => {
    world.database = await filledDatabase();
    world.service = await startService({ databaseUrl: world.database.url, env });
    world.document = await openApiCheck(world.service.url);
    const watch = documentWatcher(world.document);
    world.api = apiAt(world.service.url, watch);
    watchRaw(world.service.port, watch);
  }, 60_000);
  afterAll(async () => {
    await world.service?.stop();
    await world.database?.drop();
  }, 30_000);
  return world as World;
}
