import { request as send, type ClientRequest } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerDeadline } from './deadline.js';

/** Milliseconds: so many that a machine which stalls for a moment still answers a quick request in time. */
const deadline = 600;
let lines: string[];
let fastify: FastifyInstance;

/** A server whose `/after/N` answers after N milliseconds. */
async function listen(): Promise<string> {
  lines = [];
  fastify = Fastify({ logger: { level: 'warn', stream: { write: (line: string) => void lines.push(line) } } });
  registerDeadline(fastify, deadline);
  fastify.post<{ Params: { ms: number } }>('/after/:ms', async ({ params }) => sleep(Number(params.ms), { done: true }));
  fastify.get('/file', (_request, reply) => reply.send(Readable.from(slowly(['a', 'b', 'c', 'd']))));
  return fastify.listen({ port: 0, host: '127.0.0.1' });
}
async function* slowly(pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) yield sleep(deadline / 2, piece);
}
afterEach(() => fastify.close());

const post = (url: string, ms: number) => fetch(`${url}/after/${ms}?search=hunter2`, { method: 'POST' });

describe('a request is answered in time', () => {
  test('one that is quick by its handler, one that is not by 503', async () => {
    const url = await listen();
    const [quick, slow] = await Promise.all([post(url, 0), post(url, 5 * deadline)]);
    expect([quick.status, await quick.json()]).toEqual([200, { done: true }]);
    expect([slow.status, slow.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await slow.json()).toMatchObject({ kind: 'ERROR', error: { code: 503, errors: [{ reason: 'ServiceUnavailable' }] } });
  });

  test('what the handler says afterwards goes nowhere, and the log has no line of it', async () => {
    const url = await listen();
    expect((await post(url, 2 * deadline)).status).toBe(503);
    await sleep(1.5 * deadline);
    expect(lines).toEqual([]);
    expect((await post(url, 0)).status).toBe(200);
  });

  test('the time counts from when the request has arrived', async () => {
    const url = await listen();
    const request: ClientRequest = send(`${url}/after/50`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    const answered = new Promise<number | undefined>((resolve) => request.once('response', (one) => resolve(one.resume().statusCode)));
    request.write('{"a":');
    await sleep(1.5 * deadline);
    request.end('1}');
    expect(await answered).toBe(200);
  });

  test('a file that is under way goes on to its end', async () => {
    const answer = await fetch(`${await listen()}/file`);
    expect([answer.status, await answer.text(), lines]).toEqual([200, 'abcd', []]);
  });

  test('a client that has gone is not answered', async () => {
    const url = await listen();
    const controller = new AbortController();
    const gone = fetch(`${url}/after/${1.5 * deadline}`, { method: 'POST', signal: controller.signal }).catch(({ name }: Error) => name);
    await sleep(50);
    controller.abort();
    expect(await gone).toBe('AbortError');
    await sleep(2 * deadline);
    expect(lines).toEqual([]);
  });
});
