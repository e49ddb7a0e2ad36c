import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Milliseconds that a lease holds without being renewed: a dead owner is waited for no longer. */
const term = 15_000;
const renewEvery = 4_000;
const lookEvery = 200;
/** Milliseconds after which a waiter gives up. */
const longestWait = 10 * 60_000;

/**
 * Runs `work` while holding the one row that says who migrates. A row, since a named lock holds on one node only of a Galera
 * cluster; with an end, since its owner may die (`reliability.md` part 0, rows 8 and 10).
 * @throws Error naming the owner when the lease cannot be had in ten minutes
 */
export async function withLease<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const owner = randomUUID();
  await dataSource.query(
    'CREATE TABLE IF NOT EXISTS migration_lease (id INTEGER NOT NULL PRIMARY KEY, owner VARCHAR(36) NOT NULL, expires_at BIGINT NOT NULL)',
  );
  const deadline = Date.now() + longestWait;
  while (!(await take(dataSource, owner))) {
    if (Date.now() > deadline)
      throw new Error(`another process has been migrating for ten minutes: lease owner ${await holder(dataSource)}`);
    await sleep(lookEvery);
  }
  const renewal = setInterval(() => {
    dataSource
      .query('UPDATE migration_lease SET expires_at = ? WHERE id = 1 AND owner = ?', [Date.now() + term, owner])
      .catch(() => undefined);
  }, renewEvery);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await dataSource.query('DELETE FROM migration_lease WHERE id = 1 AND owner = ?', [owner]);
  }
}

/** One statement decides: the row is put there, or an expired one is taken over. */
async function take(dataSource: DataSource, owner: string): Promise<boolean> {
  const now = Date.now();
  await dataSource.query('DELETE FROM migration_lease WHERE id = 1 AND expires_at < ?', [now]);
  try {
    await dataSource.query('INSERT INTO migration_lease (id, owner, expires_at) VALUES (1, ?, ?)', [owner, now + term]);
    return true;
  } catch (error) {
    if ((await holder(dataSource)) !== undefined || isRace(error)) return false;
    throw error;
  }
}

const isRace = (error: unknown): boolean =>
  /UNIQUE|Duplicate|ER_DUP_ENTRY|Deadlock|SQLITE_BUSY|locked/i.test(String((error as Error).message));

async function holder(dataSource: DataSource): Promise<string | undefined> {
  const rows = (await dataSource.query('SELECT owner FROM migration_lease WHERE id = 1')) as { owner: string }[];
  return rows[0]?.owner;
}
