import { describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { Env } from '../config/env.js';
import { diagnoseMysql } from './diagnose-mysql.js';

/** A server as good ones are, but for these variables, tables and clock: states into which no test can bring a real one. */
function server(variables: Readonly<Record<string, string>>, { engine = 'InnoDB', ahead = 0 } = {}): DataSource {
  const good = {
    version: '10.11.19-MariaDB',
    sql_mode: 'STRICT_TRANS_TABLES',
    tx_isolation: 'REPEATABLE-READ',
    character_set_database: 'utf8mb4',
    read_only: 'OFF',
    max_connections: '151',
    Threads_connected: '3',
    max_allowed_packet: '16777216',
  };
  const answers: readonly [RegExp, () => object[]][] = [
    [/^SHOW VARIABLES/, () => Object.entries({ ...good, ...variables }).map(([Variable_name, Value]) => ({ Variable_name, Value }))],
    [/^SHOW/, () => []],
    [/information_schema/, () => [{ name: 'segment', engine }]],
    [/UTC_TIMESTAMP/, () => [{ now: `${new Date(Date.now() + ahead).toISOString().slice(0, 23)}000` }]],
  ];
  const query = async (sql: string): Promise<object[]> => answers.find(([pattern]) => pattern.test(sql))?.[1]() ?? [];
  return { query, options: { type: 'mariadb' } } as unknown as DataSource;
}

const env = { database: { engine: 'mysql', host: '127.0.0.1' }, poolSize: 10, replicas: [], databaseCa: undefined } as unknown as Env;
const troubles = async (dataSource: DataSource, more: object = {}): Promise<string[]> =>
  (await diagnoseMysql(dataSource, { ...env, ...more }))
    .filter(({ status }) => status !== 'ok')
    .map(({ name, status }) => `${name} ${status}`);

describe('what is told of a server', () => {
  test.each<[string, Parameters<typeof server>, string[]]>([
    ['a good one', [{}], []],
    ['MySQL 8.4', [{ version: '8.4.3', transaction_isolation: 'READ-COMMITTED' }], []],
    ['one that is too old', [{ version: '10.6.1-MariaDB' }], ['server wrong']],
    ['MySQL 5.7', [{ version: '5.7.44-log' }], ['server wrong']],
    ['one that cuts texts', [{ sql_mode: 'NO_ENGINE_SUBSTITUTION' }], ['sql_mode warning']],
    ['dirty reads', [{ tx_isolation: 'READ-UNCOMMITTED' }], ['isolation wrong']],
    ['a replica instead of the primary', [{ read_only: 'ON' }], ['writable wrong']],
    ['fewer connections than the pool', [{ max_connections: '9' }], ['pool wrong']],
    ['hardly more', [{ max_connections: '15' }], ['pool warning']],
    ['nearly all in use', [{ Threads_connected: '140' }], ['pool warning']],
    ['small packets', [{ max_allowed_packet: '1048576' }], ['packet warning']],
    ['tables without transactions', [{}, { engine: 'MyISAM' }], ['tables wrong']],
    ['a clock 2 s ahead', [{}, { ahead: 2_000 }], ['clock warning']],
    ['a clock 2 min behind', [{}, { ahead: -120_000 }], ['clock wrong']],
    ['a Galera node that is well', [{ wsrep_on: 'ON', wsrep_ready: 'ON' }], []],
    ['one that is cut off', [{ wsrep_on: 'ON', wsrep_ready: 'OFF' }], ['cluster wrong']],
  ])('%s', async (_, given, wanted) => expect(await troubles(server(...given))).toEqual(wanted));

  test('no TLS over a network', async () => {
    expect(await troubles(server({}), { database: { engine: 'mysql', host: 'db.acme.test' } })).toEqual(['TLS warning']);
    expect(
      await troubles(server({ Ssl_cipher: 'TLS_AES_256_GCM_SHA384' }), { database: { engine: 'mysql', host: 'db.acme.test' } }),
    ).toEqual([]);
  });
});
