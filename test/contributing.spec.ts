import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** What CONTRIBUTING.md shows is true of this tree. */
const root = join(__dirname, '..');
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

describe('the changes that it walks through can be applied', () => {
  const changes = [...text.matchAll(/^### (.+)\n(?:(?!^#)[\s\S])*?^```diff\n([\s\S]+?)^```$/gm)].map(([, title, diff]) => [title!, diff!]);

  test('there are four', () =>
    expect(changes.map(([title]) => title)).toEqual(['A list field', 'A function of the language', 'An error code', 'A migration']));

  test.each(changes)('%s', (_, diff) => {
    // Which lines stand around a change is looked at, where they stand is not: others may have added some above.
    const { status, stderr } = spawnSync('git', ['apply', '--check', '-'], { cwd: root, input: diff, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

test('the files of its tour are there', () => {
  const files = [...text.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file!);
  expect(files.length).toBe(10);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('the scripts that it names are those of the manifest', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const named = [...text.matchAll(/\bnpm (?:run )?([a-z]+(?::[a-z]+)*)\b/g)]
    .map(([, name]) => name!)
    .filter((name) => name !== 'ci' && name !== 'run');
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
