/** Two processes on two nodes bring up one empty database. */
import { seconds } from './words.mjs';

const rounds = 3;
/** Milliseconds that the lease of a dead owner has left. */
const term = 4_000;

export async function migrations({ nodes, admin, migrationCount }) {
  let once = 0;
  for (let at = 0; at < rounds; at++) {
    const name = `migrated_${at}`;
    await nodes[0].query(`CREATE DATABASE ${name}`);
    await Promise.all([0, 1].map((n) => admin(['migrate'], nodes[n].url + name)));
    const [row] = await nodes[2].query('SELECT COUNT(*) AS n, COUNT(DISTINCT name) AS names FROM migration', [], name);
    if (row.n === migrationCount && row.names === migrationCount) once++;
  }
  return { measured: `${rounds} × two at once: ${once} × each of ${migrationCount} migrations once`, passed: once === rounds };
}

/** Who holds the lease on one node is waited for on another, until it ends. */
export async function lease({ nodes, admin }) {
  const name = 'leased';
  await nodes[0].query(`CREATE DATABASE ${name}`);
  await nodes[0].query(
    'CREATE TABLE migration_lease (id INTEGER NOT NULL PRIMARY KEY, owner VARCHAR(36) NOT NULL, expires_at BIGINT NOT NULL)',
    [],
    name,
  );
  await nodes[0].query('INSERT INTO migration_lease VALUES (1, ?, ?)', ['a process that died', Date.now() + term], name);
  const from = performance.now();
  await admin(['migrate'], nodes[1].url + name);
  const waited = performance.now() - from;
  return { measured: `lease of a dead owner on another node: waited ${seconds(waited)}`, passed: waited >= term - 500 };
}
