import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { errorCodes, warningCodes } from './codes.js';
import { functionCatalogue } from './function-catalogue.js';
import { functions, signature } from './functions.js';
import { fqlLimits } from './limits.js';

/** Rows of the tables in the README, cells without padding. */
const documented = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
const cell = (first: string): string[] | undefined => documented.find(([head]) => head === `\`${first}\``);

describe('the README says what the tables say', () => {
  test.each([...functions.values()].map((called) => [signature(called), called] as const))('%s', (call, called) => {
    expect(cell(call)?.[2]).toBe(called.description);
  });

  test.each([...errorCodes, ...warningCodes])('%s', (code, meaning) => {
    expect(cell(code)?.[1]).toBe(meaning);
  });

  test('no function more', () => {
    const calls = documented.flatMap(([head = '']) => /^`([a-z_0-9]+)\(.*\)`$/.exec(head)?.[1] ?? []);
    expect(calls).toEqual([...functions.keys()]);
  });

  test('limits', () => {
    const numbers = documented.flatMap(([, second = '']) => (/^\d+$/.test(second) ? [Number(second)] : []));
    expect(numbers).toEqual(Object.values(fqlLimits));
  });
});

describe('the catalogue', () => {
  test.each([
    [
      'substring',
      {
        name: 'substring',
        category: 'row',
        grouping: 'text',
        description: 'A part of the text. The first character has offset 1; a part that runs past the end is shorter.',
        parameters: [
          { name: 'text', type: 'String', is_required: true, kind: 'positional' },
          { name: 'offset', type: 'Number', is_required: true, kind: 'positional' },
          { name: 'length', type: 'Number', is_required: true, kind: 'positional' },
        ],
        return_type: 'String',
      },
    ],
    [
      'quantile',
      {
        name: 'quantile',
        category: 'aggregate',
        grouping: 'aggregate',
        description: 'The value below which this share of the rows lies.',
        parameters: [
          { name: 'x', type: 'Number', is_required: true, kind: 'positional' },
          { name: 'level', type: 'Number', is_required: false, default: 0.5, kind: 'keyword' },
        ],
        return_type: 'Number',
      },
    ],
    [
      'if',
      {
        name: 'if',
        category: 'row',
        grouping: 'conditional',
        description:
          'The second value when the condition is true, else the third, also when the condition is null. One of the two may be null.',
        parameters: [
          { name: 'condition', type: 'Boolean', is_required: true, kind: 'positional' },
          { name: 'then', type: 'Any', is_required: true, kind: 'positional' },
          { name: 'else', type: 'Any', is_required: true, kind: 'positional' },
        ],
        return_type: 'Any',
      },
    ],
    [
      'e',
      {
        name: 'e',
        category: 'row',
        grouping: 'constant',
        description: "Euler's number, 2.718281828459045.",
        parameters: [],
        return_type: 'Number',
      },
    ],
  ])('%s', (name, expected) => {
    expect(functionCatalogue().find((entry) => entry.name === name)).toEqual(expected);
  });

  test('has every function once', () => {
    expect(functionCatalogue().map(({ name }) => name)).toEqual([...functions.keys()]);
    expect(new Set(functions.keys()).size).toBe(functionCatalogue().length);
  });
});
