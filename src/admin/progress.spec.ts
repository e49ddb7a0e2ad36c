import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { withProgress } from './progress.js';

/** What is written while ten things are done. */
async function written(isTTY: boolean, json: boolean): Promise<string> {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 80,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  const result = await withProgress(
    'backup',
    json,
    async (progress) => {
      for (let done = 0; done <= 10; done++) progress(done, 10);
      return 'result';
    },
    stream as unknown as typeof process.stderr,
  );
  expect(result).toBe('result');
  return String(stream.read() ?? '');
}

test.each([
  ['on a terminal', true, false, /backup .*0\/10/],
  ['nothing where nobody watches', false, false, /^$/],
  ['nothing beside JSON', true, true, /^$/],
])('a bar: %s', async (_, isTTY, json, wanted) => expect(await written(isTTY, json)).toMatch(wanted));
