import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { apiAt, type Api } from './api.js';
import { projectRoot, startService, type Variables } from './service.js';

/** A service whose statements can be looked at. */
export interface WatchedService {
  readonly api: Api;
  /** What the work made the service ask its database, in order and without values; one of the drivers writes down each read twice. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
}

/** Runs a test with a service of its own on this database, which writes down its statements (`statement-log.mjs`). */
export async function withStatements(databaseUrl: string, env: Variables, test: (service: WatchedService) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'segments-statements-'));
  const log = join(directory, 'statements.jsonl');
  const preload = pathToFileURL(join(projectRoot, 'test', 'support', 'statement-log.mjs'));
  preload.searchParams.set('log', log);
  const service = await startService({ databaseUrl, env: { ...env, NODE_OPTIONS: `--import=${preload.href}` } });
  try {
    await test({
      api: apiAt(service.url),
      async statementsOf(work) {
        writeFileSync(log, '');
        await work();
        const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
        return lines.map((line) => String(JSON.parse(line)));
      },
    });
  } finally {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
