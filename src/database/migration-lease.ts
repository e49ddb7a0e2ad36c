import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { SqlError, sqlErrorOf } from '../sql/sql-error.js';

/** Milliseconds that a lease holds without being renewed: a dead owner is waited for no longer. */
const term = 15_000;
const renewEvery = 4_000;
const lookEvery = 200;
/** Milliseconds after which a waiter gives up. */
const longestWait = 10 * 60_000;

/** The lease went to somebody else, since it was not renewed in time: this process stood still. */
export class LeaseLost extends Error {
  constructor() {
    super('another process took over the migration');
    this.name = 'LeaseLost';
  }
}

/**
 * Runs `work` while holding the one row that says who migrates. A row, since a named lock holds on one node only of a Galera
 * cluster; with an end, since its owner may die (`reliability.md` part 0, rows 8 and 10).
 * @param tell is told once whom it waits for
 * @throws Error naming the owner when the lease cannot be had in ten minutes
 * @throws LeaseLost when the work failed and the lease was not ours any more
 */
export async function withLease<T>(dataSource: DataSource, work: () => Promise<T>, tell: (line: string) => void): Promise<T> {
  const owner = `${hostname().slice(0, 14)}:${process.pid}:${randomBytes(4).toString('hex')}`;
  await dataSource.query(
    'CREATE TABLE IF NOT EXISTS migration_lease (id INTEGER NOT NULL PRIMARY KEY, owner VARCHAR(36) NOT NULL, expires_at BIGINT NOT NULL)',
  );
  await wait(dataSource, owner, tell);
  const renewal = setInterval(() => {
    dataSource
      .query('UPDATE migration_lease SET expires_at = ? WHERE id = 1 AND owner = ?', [Date.now() + term, owner])
      .catch(() => undefined);
  }, renewEvery);
  try {
    return await work();
  } catch (error) {
    const lost = await holder(dataSource).then(
      (now) => now !== owner,
      () => false,
    );
    throw lost ? new LeaseLost() : error;
  } finally {
    clearInterval(renewal);
    await dataSource.query('DELETE FROM migration_lease WHERE id = 1 AND owner = ?', [owner]).catch(() => undefined);
  }
}

async function wait(dataSource: DataSource, owner: string, tell: (line: string) => void): Promise<void> {
  const deadline = Date.now() + longestWait;
  for (let told = false; !(await take(dataSource, owner)); await sleep(lookEvery)) {
    const other = await holder(dataSource);
    if (Date.now() > deadline) throw new Error(`another process has been migrating for ten minutes: lease owner ${other}`);
    if (!told && other !== undefined) tell(`Another process is migrating the database; waiting for it: lease owner ${other}`);
    told ||= other !== undefined;
  }
}

/** One statement decides: the row is put there, or an expired one is taken over. */
async function take(dataSource: DataSource, owner: string): Promise<boolean> {
  const now = Date.now();
  try {
    // On a cluster this one may lose to another node's as well.
    await dataSource.query('DELETE FROM migration_lease WHERE id = 1 AND expires_at < ?', [now]);
    await dataSource.query('INSERT INTO migration_lease (id, owner, expires_at) VALUES (1, ?, ?)', [owner, now + term]);
    return true;
  } catch (error) {
    if ((await holder(dataSource)) !== undefined || isRace(error)) return false;
    throw error;
  }
}

/** TypeORM's errors have the driver's codes. Of SQLite somebody else's write is one that is out of reach. */
function isRace(error: unknown): boolean {
  const known = sqlErrorOf(error);
  if (!(known instanceof SqlError)) return false;
  return known.kind === 'duplicate' || known.kind === 'try again' || /^SQLITE_(?:BUSY|LOCKED)/.test(known.code);
}

async function holder(dataSource: DataSource): Promise<string | undefined> {
  const rows = (await dataSource.query('SELECT owner FROM migration_lease WHERE id = 1')) as { owner: string }[];
  return rows[0]?.owner;
}
