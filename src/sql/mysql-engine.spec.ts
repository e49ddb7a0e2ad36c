import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Pool } from 'mysql2';
import { databaseErrors, retries } from '../metrics/tallies.js';
import { MysqlEngine } from './mysql-engine.js';
import { SqlError } from './sql-error.js';

/** What the driver says when it fails: `lost` and `reset` break the connection, the others come from the server. */
const failures = {
  lost: { code: 'PROTOCOL_CONNECTION_LOST', fatal: true },
  reset: { code: 'ECONNRESET', fatal: true },
  refused: { code: 'ECONNREFUSED', fatal: true },
  deadlock: { errno: 1213, code: 'ER_LOCK_DEADLOCK' },
  lockWait: { errno: 1205 },
  duplicate: { errno: 1062 },
  readOnly: { errno: 1290 },
  slow: { errno: 1969 },
} as const;
type Answer = keyof typeof failures | 'ok' | 'never';

/**
 * A pool whose connections fail at moments that no real server can be made to fail at. Each statement takes the next answer of the
 * script, `ok` when that is at its end; what is asked while a connection is opened is not in it.
 */
function scripted(script: readonly Answer[], { opens = [] as readonly Answer[] } = {}) {
  const left = [...script];
  const opensLeft = [...opens];
  const free: object[] = [];
  const seen: string[] = [];
  let made = 0;
  const settled = (answer: Answer, done: (error: unknown, result?: unknown) => void): void => {
    if (answer === 'ok') done(null, { affectedRows: 1 });
    else if (answer !== 'never') done(Object.assign(new Error('hunter2'), failures[answer]));
  };
  const open = () => {
    const name = `c${++made}`;
    let pending: ((error: unknown) => void) | undefined;
    const ask = (sql: string, done: (error: unknown, result?: unknown) => void): void => {
      if (/^(SET SESSION|SHOW VARIABLES)/.test(sql)) return done(null, []);
      seen.push(`${name} ${sql}`);
      pending = done;
      settled(left.shift() ?? 'ok', done);
    };
    const connection = {
      query: (sql: string, done: (error: unknown) => void) => ask(sql, done),
      execute: ({ sql }: { sql: string }, _values: unknown, done: (error: unknown) => void) => ask(sql, done),
      release: () => void (free.push(connection), seen.push(`${name} kept`)),
      destroy: () => void seen.push(`${name} given up`),
      stream: { destroy: (error: Error) => pending?.(error) },
    };
    return connection;
  };
  const getConnection = (done: (error: unknown, connection?: unknown) => void): void => {
    const known = free.pop();
    if (known !== undefined) return done(null, known);
    const answer = opensLeft.shift() ?? 'ok';
    if (answer === 'ok') done(null, open());
    else settled(answer, done);
  };
  const engine = new MysqlEngine({ getConnection } as unknown as Pool, 'mariadb');
  return { engine, seen, free };
}

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof SqlError ? error.kind : String(error)),
  );

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

/** Runs the work while time passes. */
async function passing<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const done = work.finally(() => (over = true));
  while (!over) await jest.advanceTimersByTimeAsync(50);
  return done;
}

describe('a read', () => {
  test.each<[string, Answer[], { opens?: Answer[] }, string, string[]]>([
    ['is asked once', ['ok'], {}, 'done', ['c1 R', 'c1 kept']],
    ['is asked again when its connection breaks', ['lost'], {}, 'done', ['c1 R', 'c1 given up', 'c2 R', 'c2 kept']],
    ['but once only', ['lost', 'reset'], {}, 'unavailable', ['c1 R', 'c1 given up', 'c2 R', 'c2 given up']],
    ['not when nobody is there any more', ['lost'], { opens: ['ok', 'refused'] }, 'unavailable', ['c1 R', 'c1 given up']],
    ['not when there is no connection', [], { opens: ['refused'] }, 'unavailable', []],
    ['not when it was too slow', ['slow'], {}, 'too slow', ['c1 R', 'c1 given up']],
    ['not when the server stands still: it is cut off', ['never'], {}, 'unavailable', ['c1 R', 'c1 given up']],
  ])('%s', async (_, script, more, outcome, wanted) => {
    const { engine, seen } = scripted(script, more);
    expect(await passing(outcomeOf(engine.read('R', [])))).toBe(outcome);
    expect(seen).toEqual(wanted);
  });

  test('a server that stands still has three and a quarter seconds, and a quarter more', async () => {
    const { engine } = scripted(['never']);
    let outcome = 'none';
    void outcomeOf(engine.read('R', [])).then((kind) => (outcome = kind));
    await jest.advanceTimersByTimeAsync(3_200);
    expect(outcome).toBe('none');
    await jest.advanceTimersByTimeAsync(300);
    expect(outcome).toBe('unavailable');
  });

  test('a connection is waited for two seconds, and a quarter more; one that comes late is put back', async () => {
    const { engine, seen } = scripted([], { opens: ['never'] });
    let outcome = 'none';
    void outcomeOf(engine.read('R', [])).then((kind) => (outcome = kind));
    await jest.advanceTimersByTimeAsync(1_950);
    expect(outcome).toBe('none');
    await jest.advanceTimersByTimeAsync(300);
    expect(outcome).toBe('unavailable');
    expect(seen).toEqual([]);
  });
});

const one = [{ sql: 'W', params: [] }];
const two = [
  { sql: 'W1', params: [] },
  { sql: 'W2', params: [] },
];
const begun = ['c1 START TRANSACTION'];
const whole = (name: string) => [`${name} START TRANSACTION`, `${name} W1`, `${name} W2`, `${name} COMMIT`, `${name} kept`];

describe('a write', () => {
  test.each<[string, typeof two, Answer[], string, string[]]>([
    ['of one statement needs no transaction', one, ['ok'], 'done', ['c1 W', 'c1 kept']],
    ['of one statement is open when its connection breaks: not again', one, ['lost'], 'unavailable', ['c1 W', 'c1 given up']],
    ['is one transaction', two, [], 'done', whole('c1')],
    ['again when nothing was sent', two, ['lost'], 'done', [...begun, 'c1 given up', ...whole('c2')]],
    [
      'again when it broke before COMMIT: the server undoes it',
      two,
      ['ok', 'ok', 'lost', 'lost'],
      'done',
      [...begun, 'c1 W1', 'c1 W2', 'c1 ROLLBACK', 'c1 given up', ...whole('c2')],
    ],
    [
      'is open when it broke at COMMIT: not again',
      two,
      ['ok', 'ok', 'ok', 'lost', 'lost'],
      'unavailable',
      [...begun, 'c1 W1', 'c1 W2', 'c1 COMMIT', 'c1 ROLLBACK', 'c1 given up'],
    ],
    [
      'again when COMMIT itself lost a deadlock, as on a cluster',
      two,
      ['ok', 'ok', 'ok', 'deadlock'],
      'done',
      [...begun, 'c1 W1', 'c1 W2', 'c1 COMMIT', 'c1 ROLLBACK', 'c1 kept', ...whole('c1')],
    ],
    ['not again when it is refused', two, ['ok', 'duplicate'], 'duplicate', [...begun, 'c1 W1', 'c1 ROLLBACK', 'c1 kept']],
    [
      'once on another connection when this one is to a former primary',
      two,
      ['ok', 'readOnly'],
      'done',
      [...begun, 'c1 W1', 'c1 ROLLBACK', 'c1 given up', ...whole('c2')],
    ],
    ['but once only', one, ['readOnly', 'readOnly'], 'read only', ['c1 W', 'c1 given up', 'c2 W', 'c2 given up']],
  ])('%s', async (_, statements, script, outcome, wanted) => {
    const { engine, seen } = scripted(script);
    expect(await passing(outcomeOf(engine.write(statements)))).toBe(outcome);
    expect(seen).toEqual(wanted);
  });

  test('a long statement has ten seconds and a quarter, and a quarter more; the server is told', async () => {
    const { engine, seen } = scripted(['never']);
    let outcome = 'none';
    void outcomeOf(engine.write([{ sql: 'W', params: [], long: true }])).then((kind) => (outcome = kind));
    await jest.advanceTimersByTimeAsync(10_200);
    expect(outcome).toBe('none');
    await jest.advanceTimersByTimeAsync(300);
    expect(outcome).toBe('unavailable');
    expect(seen[0]).toBe('c1 SET STATEMENT max_statement_time = 10 FOR W');
  });

  test('a lost deadlock is tried three times more', async () => {
    // The pauses are those of node:timers/promises, which go by the real clock.
    jest.useRealTimers();
    const { engine, seen } = scripted(Array<Answer>(9).fill('deadlock'));
    const before = [retries.get('deadlock'), databaseErrors.get('try_again')];
    expect(await outcomeOf(engine.write(one))).toBe('try again');
    expect([retries.get('deadlock') - before[0]!, databaseErrors.get('try_again') - before[1]!]).toEqual([3, 4]);
    expect(seen.filter((line) => line === 'c1 W')).toHaveLength(4);
  });

  test('who waited two seconds for a lock does not wait again', async () => {
    const { engine, seen } = scripted(['never']);
    const done = outcomeOf(engine.write(one));
    await passing(done);
    expect(seen.filter((line) => line.endsWith(' W'))).toHaveLength(1);
  });

  test('fewer rows than a statement must touch undo the batch', async () => {
    const { engine, seen } = scripted([]);
    expect(await engine.write([{ sql: 'W1', params: [], atLeast: 2 }, ...one])).toEqual([1]);
    expect(seen).toEqual([...begun, 'c1 W1', 'c1 ROLLBACK', 'c1 kept']);
  });
});

test('one connection to a former primary speaks for all that were opened before', async () => {
  const { engine, seen } = scripted(['never', 'ok', 'readOnly']);
  const slow = outcomeOf(engine.read('R', []));
  await passing(outcomeOf(engine.read('R', [])));
  expect(seen).toEqual(['c1 R', 'c2 R', 'c2 kept']);
  expect(await passing(outcomeOf(engine.write(one)))).toBe('done');
  expect(seen.slice(3)).toEqual(['c2 W', 'c2 given up', 'c3 W', 'c3 kept']);
  await passing(slow);
});
