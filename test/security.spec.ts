import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { idsInTitles } from './support/named-ids.js';
import { namedTestTrouble } from './support/named-test.js';

/** SECURITY.md promises nothing that no test holds. */
const text = readFileSync(join(import.meta.dirname, '..', 'SECURITY.md'), 'utf8');
const promises = (text.split('\n## Promises\n')[1]?.split('\n## ')[0] ?? '')
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

/** The checks that this service is held to, by their ids: requests (S), tokens (J), defaults of the stack (0). */
const range = (prefix: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${prefix}${prefix === '0.' ? from + at : String(from + at).padStart(2, '0')}`);
const checks = [
  ...range('S', 1, 12),
  ...range('S', 20, 25),
  ...range('S', 30, 47),
  ...range('S', 50, 70),
  ...range('J', 1, 24),
  ...range('0.', 1, 14),
];

describe('every check has a test that begins with its id, or a reason why it has none', () => {
  const reasons = new Map(
    (text.split('\n## Checks without a test\n')[1]?.split('\n## ')[0] ?? '')
      .split('\n')
      .flatMap((line) => [...line.matchAll(/^\| (\S+) +\| (.*\S) +\|$/g)])
      .map(([, id = '', reason = '']): [string, string] => [id, reason])
      .filter(([id]) => checks.includes(id)),
  );
  const tested = idsInTitles();

  test.each(checks)('%s', (id) => {
    expect([tested.has(id), reasons.has(id)]).toEqual([!reasons.has(id), !tested.has(id)]);
    if (reasons.has(id)) expect(reasons.get(id)).toMatch(/\S+ \S+ \S+/);
  });

  test('no test bears an id that is none', () => {
    expect([...tested].filter((id) => !checks.includes(id))).toEqual([]);
  });
});
