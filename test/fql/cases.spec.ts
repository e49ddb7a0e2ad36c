import { describe, expect, test } from '@jest/globals';
import { checkDefinition } from '../../src/fql/fql.js';
import { cases, columnsOf, type Case } from './cases.js';
import { fqlHost } from './host.js';

/** The worked cases of the specification. First tier: valid or not, which errors, where; what is read. */

const verdict = (one: Case) => checkDefinition(one.definition, columnsOf(one), fqlHost);
const named = (list: readonly Case[]): [string, Case][] => list.map((one) => [one.id, one]);

const hintsOf = (
  list: readonly { message: string; help: string; suggestions: readonly { title: string; edits: readonly { text: string }[] }[] }[],
) =>
  list
    .flatMap(({ message, help, suggestions }) => [
      message,
      help,
      ...suggestions.flatMap(({ title, edits }) => [title, ...edits.map((edit) => edit.text)]),
    ])
    .join('\n');

test('the case file is whole', () => {
  expect(cases.length).toBe(317);
});

describe('valid definitions', () => {
  test.each(named(cases.filter((one) => one.valid)))('%s', (_, one) => {
    const result = verdict(one);
    expect(result).toMatchObject({ valid: true, ...(one.columns_used && { columns: one.columns_used }) });
  });
});

describe('invalid definitions', () => {
  test.each(named(cases.filter((one) => !one.valid)))('%s', (_, one) => {
    const result = verdict(one);
    if (result.valid) throw new Error('accepted');
    const [first] = result.errors;
    expect(first?.code).toBe(one.error_code);
    if (one.position) expect(first?.position).toMatchObject(one.position);
    if (one.span !== undefined)
      expect(one.definition.slice(first?.position.offset, (first?.position.offset ?? 0) + (first?.position.length ?? 0))).toBe(one.span);
    const others = result.errors.slice(1).map(({ code, position }) => ({ error_code: code, offset: position.offset }));
    expect(others).toEqual(one.other_errors ?? []);
    if (one.suggests) expect(hintsOf(result.errors.slice(0, 1))).toContain(one.suggests);
  });
});
