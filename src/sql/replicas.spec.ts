import { describe, expect, test } from '@jest/globals';
import type { SqlRow, SqlValue } from './engine.js';
import type { Replica } from './replica.js';
import { Replicas } from './replicas.js';
import { SqlError } from './sql-error.js';

const acme = '0c1d0000-0000-4000-8000-0000000000a0';
const globex = '0c1d0000-0000-4000-8000-0000000000b0';

interface Fake {
  name: string;
  well?: boolean;
  fails?: Error;
}

/** Replicas as they behave, and what was asked of whom. */
function setUp(...fakes: Fake[]) {
  const events: string[] = [];
  const server =
    ({ name, fails }: Fake) =>
    async (): Promise<SqlRow[]> => {
      events.push(name);
      if (fails !== undefined) throw fails;
      return [[name]];
    };
  const replicas = fakes.map((fake) => ({
    engine: { read: server(fake) },
    isWell: async () => fake.well ?? true,
    rest: () => events.push(`${fake.name} rests`),
  }));
  const all = new Replicas(replicas as unknown as Replica[], server({ name: 'primary' }));
  const list = (...scope: SqlValue[]) =>
    all.list(scope, async (read) => [(await read('SELECT 1', []))[0]?.[0], (await read('SELECT 2', []))[0]?.[0]]);
  return { all, list, events };
}

describe('where a list is read', () => {
  test.each<[string, Fake[], string]>([
    ['no replica', [], 'primary'],
    ['one that is well', [{ name: 'one' }], 'one'],
    ['the first is not well', [{ name: 'one', well: false }, { name: 'two' }], 'two'],
    ['none is well', [{ name: 'one', well: false }], 'primary'],
  ])('%s', async (_, fakes, where) => {
    const { list, events } = setUp(...fakes);
    expect(await list(acme)).toEqual([where, where]);
    expect(events).toEqual([where, where]);
  });

  test('in turn', async () => {
    const { list } = setUp({ name: 'one' }, { name: 'two' });
    expect([await list(), await list(), await list()].map(([first]) => first)).toEqual(['one', 'two', 'one']);
  });
});

describe('a replica fails', () => {
  test.each<[string, Error]>([
    ['out of reach', new SqlError('unavailable', 'ECONNREFUSED', undefined)],
    ['a table is not there yet', Object.assign(new Error("Table 'segment' doesn't exist"), { errno: 1146 })],
  ])('%s: it rests, and the whole list is read from the primary', async (_, fails) => {
    const { list, events } = setUp({ name: 'one', fails });
    expect(await list(acme)).toEqual(['primary', 'primary']);
    expect(events).toEqual(['one', 'one rests', 'primary', 'primary']);
  });

  test('a bug of ours is none of the replica, and is told', async () => {
    const fails = new TypeError('x is not a function');
    const { list, events } = setUp({ name: 'one', fails });
    await expect(list(acme)).rejects.toBe(fails);
    expect(events).toEqual(['one']);
  });

  test('a list that is too slow there is not tried on the primary', async () => {
    const { list, events } = setUp({ name: 'one', fails: new SqlError('too slow', '1969', undefined) });
    await expect(list(acme)).rejects.toMatchObject({ kind: 'too slow' });
    expect(events).toEqual(['one']);
  });
});

describe('after a write', () => {
  test.each<[string, SqlValue[], SqlValue[], string]>([
    ['of the same organization', ['a name', 3, null, acme], [acme], 'primary'],
    ['of the same model', [globex], [acme, globex], 'primary'],
    ['of another organization', [globex], [acme], 'one'],
    ['of the same word, which is no id', ['word'], ['word'], 'one'],
  ])('%s', async (_, params, scope, where) => {
    const { all, list } = setUp({ name: 'one' });
    all.noteWrite([
      { sql: 'INSERT', params: ['first'] },
      { sql: 'INSERT', params },
    ]);
    expect(await list(...scope)).toEqual([where, where]);
  });
});
