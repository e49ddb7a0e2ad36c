import { describe, expect, test } from '@jest/globals';
import { compile } from '../../src/fql/evaluator.js';
import { checkDefinition, type Checked } from '../../src/fql/fql.js';
import { cases, columnsOf, type Case } from './cases.js';
import { fqlHost } from './host.js';

/** The worked cases of the specification: valid or not, which errors and where, what is read, warned of and matched. */

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

/** What a case needs to be looked at beyond the errors. */
function accepted(one: Case): Checked {
  const result = verdict(one);
  if (!result.valid) throw new Error(`refused: ${result.errors[0]?.message}`);
  return result;
}

function caseOf(id: string | undefined): Case {
  const found = cases.find((one) => one.id === id);
  if (!found) throw new Error(`no case ${id}`);
  return found;
}

describe('warnings', () => {
  test.each(named(cases.filter((one) => one.warnings)))('%s', (_, one) => {
    const { warnings } = accepted(one);
    const codes = warnings.map(({ code }) => code);
    if (one.warnings?.length === 0) expect(codes).toEqual([]);
    else expect(codes).toEqual(expect.arrayContaining([...(one.warnings ?? [])]));
    if (one.suggests) expect(hintsOf(warnings)).toContain(one.suggests);
  });
});

describe('rows', () => {
  test.each(named(cases.filter((one) => one.rows)))('%s', (_, one) => {
    const matches = compile(accepted(one).tree, columnsOf(one), fqlHost);
    expect(one.rows?.map(({ row }) => matches(row) === true)).toEqual(one.rows?.map((row) => row.matches));
  });
});

describe('fingerprints', () => {
  test.each(named(cases.filter((one) => one.same_fingerprint_as && cases.some(({ id }) => id === one.same_fingerprint_as))))(
    '%s',
    (_, one) => {
      expect(accepted(one).fingerprint).toBe(accepted(caseOf(one.same_fingerprint_as)).fingerprint);
    },
  );

  test.each(named(cases.filter((one) => one.other_fingerprint_than)))('%s', (_, one) => {
    expect(accepted(one).fingerprint).not.toBe(accepted(caseOf(one.other_fingerprint_than)).fingerprint);
  });
});
