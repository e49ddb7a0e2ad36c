import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { namedTestTrouble } from './support/named-test.js';

/** SECURITY.md promises nothing that no test holds. */
const text = readFileSync(join(import.meta.dirname, '..', 'SECURITY.md'), 'utf8');
const promises = (text.split('\n## Promises\n')[1] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|[\s|-]+$/.test(line))
  .map((line) => line.split('|').slice(1, -1))
  .filter(([promise]) => promise?.trim() !== 'promise')
  .map(([promise = '', tests = '']): [string, string[]] => [
    promise.trim(),
    [...tests.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  ]);

test('the promises are found', () => {
  expect(promises.length).toBeGreaterThan(40);
});

test.each(promises)('%s', (_, tests) => {
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.flatMap((name) => namedTestTrouble(name) ?? [])).toEqual([]);
});

test('a test that is not there would be missed', () => {
  expect(namedTestTrouble('test/security.spec.ts › a test that is not there would be missed')).toBeUndefined();
  expect(namedTestTrouble('test/security.spec.ts › no such' + ' title')).toMatch(/no such title/);
  expect(namedTestTrouble('test/no-such.spec.ts › S01')).toMatch(/there is no/);
  expect(namedTestTrouble('S01')).toMatch(/not of the form/);
});

test('it says how to report, and what is supported', () => {
  for (const title of ['Reporting', 'Supported versions', 'What is at stake, and who is there']) expect(text).toContain(`\n## ${title}\n`);
});
