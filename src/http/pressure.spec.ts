import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerPressure } from './pressure.js';

let fastify: FastifyInstance;

async function serving(limit: number): Promise<FastifyInstance> {
  fastify = Fastify();
  registerPressure(fastify, limit);
  for (const path of ['/health/live', '/v3/segments']) fastify.get(path, () => ({}));
  await fastify.ready();
  await sleep(250);
  return fastify;
}
afterEach(() => fastify.close());

const halt = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};
/** The status right after the process stood still, and the one once it was well again, or ten seconds later. */
async function afterHalt(limit: number, ms: number, path: string): Promise<number[]> {
  const server = await serving(limit);
  halt(ms);
  // Timers that are due run before what has arrived meanwhile is read.
  await sleep(0);
  const { statusCode } = await server.inject(path);
  let later = 0;
  for (let tries = 0; tries < 40 && later !== 200; tries++) {
    await sleep(250);
    later = (await server.inject(path)).statusCode;
  }
  return [statusCode, later];
}

describe('after the process stood still', () => {
  test.each<[string, number, number, string, number[]]>([
    ['longer than it may: 503, and soon well again', 300, 900, '/v3/segments', [503, 200]],
    ['less than it may', 20_000, 500, '/v3/segments', [200, 200]],
    ['without a limit', 0, 900, '/v3/segments', [200, 200]],
    ['liveness is always told', 300, 900, '/health/live', [200, 200]],
  ])('%s', async (_, limit, ms, path, statuses) => {
    expect(await afterHalt(limit, ms, path)).toEqual(statuses);
  });

  test('503 says when to come back, in our envelope', async () => {
    const server = await serving(200);
    halt(600);
    await sleep(0);
    const { headers, body } = await server.inject('/v3/segments');
    expect(headers['retry-after']).toBe('1');
    expect(JSON.parse(body)).toMatchObject({ kind: 'ERROR', error: { code: 503, errors: [{ reason: 'ServiceUnavailable' }] } });
  });
});

test('busy all the time, but never late: nothing is shed', async () => {
  const limit = 300;
  const server = await serving(limit);
  /** The statuses of a busy second, and the longest of its turns: where the machine itself stands still, there is nothing to see. */
  const busySecond = async (): Promise<{ statuses: number[]; longest: number }> => {
    const statuses = new Set<number>();
    let longest = 0;
    for (const end = performance.now() + 1_000; performance.now() < end;) {
      const begun = performance.now();
      halt(30);
      statuses.add((await server.inject('/v3/segments')).statusCode);
      await new Promise((next) => setImmediate(next));
      longest = Math.max(longest, performance.now() - begun);
    }
    return { statuses: [...statuses], longest };
  };
  let outcome = await busySecond();
  for (let tries = 0; tries < 10 && outcome.longest >= limit; tries++) {
    await sleep(500);
    outcome = await busySecond();
  }
  expect(outcome.statuses).toEqual([200]);
});
