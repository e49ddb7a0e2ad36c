import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildDir, projectRoot } from './service.js';

export interface Route {
  readonly method: string;
  /** As the router has it: `/v3/segments/:uuid`. */
  readonly pattern: string;
}

/** Every route of the build's own router, without HEAD and OPTIONS, which follow from the others. */
export async function routeTable(): Promise<Route[]> {
  const script = join(projectRoot, 'test', 'support', 'routes.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, buildDir]);
  const pairs = JSON.parse(stdout) as [method: string, pattern: string][];
  return pairs.map(([method, pattern]) => ({ method, pattern }));
}
