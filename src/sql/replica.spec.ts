import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Pool } from 'mysql2';
import { Replica } from './replica.js';

Logger.overrideLogger(false);

type Answer = (error: Error | null, rows: object[]) => void;

/** A pool that gives one connection, after so long; its answers are given by the test. */
function setUp(after = 0) {
  const events: string[] = [];
  let answer: Answer = () => undefined;
  const connection = {
    query: (_: string, given: Answer) => (answer = given),
    release: () => events.push('released'),
    destroy: () => events.push('destroyed'),
  };
  const give = (take: (error: null, given: object) => void) => void setTimeout(() => take(null, connection), after);
  const replica = new Replica('db2:3306', { name: 'mysql' } as never, { getConnection: give } as unknown as Pool);
  return { replica, events, answer: (...given: Parameters<Answer>) => answer(...given) };
}

test.each<[string, Error | null, object[], boolean, string]>([
  ['keeps up', null, [{ Seconds_Behind_Master: 1 }], true, 'released'],
  ['is behind', null, [{ Seconds_Behind_Source: 3 }], false, 'released'],
  ['does not replicate', null, [{ Seconds_Behind_Master: null }], false, 'released'],
  ['is no replica of another', null, [], true, 'released'],
  ['refuses', new Error('denied'), [], false, 'destroyed'],
])('one that %s: its connection goes back, or away', async (_, error, rows, well, what) => {
  const { replica, events, answer } = setUp();
  const asked = replica.isWell();
  await sleep(20);
  answer(error, rows);
  expect([await asked, events]).toEqual([well, [what]]);
});

test.each<[string, number, string]>([
  ['gives no answer', 0, 'destroyed'],
  ['gives no connection in time', 1_200, 'released'],
])('one that %s: nothing is left in the pool that still waits', async (_, after, what) => {
  const { replica, events } = setUp(after);
  expect(await replica.isWell()).toBe(false);
  await sleep(after === 0 ? 0 : 400);
  expect(events).toEqual([what]);
});
