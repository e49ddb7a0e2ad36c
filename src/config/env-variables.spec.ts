import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { envNames, envSchema, envVariables, requiredInProduction } from './env-variables.js';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

describe('docker/env.example', () => {
  const blocks = read('docker', 'env.example').trimEnd().split('\n\n').slice(1);
  /** Those without which production does not start; of the three ways to give keys the secret stands for all. */
  const mustBeGiven: string[] = [...requiredInProduction.map(([name]) => name), 'JWT_SECRET'];

  test('names exactly the variables of the service, in their order', () => {
    expect(blocks.map((block) => /^(?:# )?(\w+)=/m.exec(block)?.[1])).toEqual(envNames);
  });

  test.each(envNames)('%s: what it means, and its default or an empty place to fill', (name) => {
    const { meaning, byDefault } = envVariables[name];
    const line = mustBeGiven.includes(name) ? `${name}=` : `# ${name}=${byDefault}`;
    expect(blocks).toContain(`# ${meaning}\n${line}`);
  });
});

test('the README tells of every variable', () => {
  const readme = read('README.md');
  expect(envNames.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the defaults that people are told are those that hold', () => {
  const told = Object.fromEntries(
    envNames.flatMap((name) => (envVariables[name].byDefault === '' ? [] : [[name, envVariables[name].byDefault]])),
  );
  // The default of the address is the caller's to give: it is taken apart, not only checked.
  expect(envSchema.parse({ DATABASE_URL: told['DATABASE_URL'] })).toEqual(envSchema.parse(told));
});
