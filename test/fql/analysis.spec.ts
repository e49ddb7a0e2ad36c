import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../src/fql/analysis.js';
import { parse } from '../../src/fql/parser.js';
import { analysisColumns as columns } from './analysis-columns.js';
import { fqlHost } from './host.js';

const findings = (text: string) => analyse(parse(text), columns, fqlHost);

/** `CODE: the text it marks`, without the common part of the code. */
const told = (text: string): string[] =>
  findings(text).map(({ code, span }) => `${code.replace('FQL_W_', '')}: ${text.slice(span.start, span.end)}`);

const nothing = (texts: readonly string[]): void => {
  test.each(texts)('%s', (text) => expect(told(text)).toEqual([]));
};

const table = (rows: readonly (readonly [text: string, ...expected: string[]])[]): void => {
  test.each(rows.map(([text, ...expected]) => [text, expected] as const))('%s', (text, expected) => expect(told(text)).toEqual(expected));
};

/** A row is as good as its first entry: the whole text is what is marked. */
const whole = (code: string, texts: readonly string[]): void => table(texts.map((text) => [text, `${code}: ${text}`]));

describe('never true', () => {
  whole('ALWAYS_FALSE', [
    'age > 60 and age < 30',
    'tenure > 3 and tenure < 4',
    'tenure == 30.5',
    'tenure > 3.2 and tenure < 3.8',
    'balance > 1 and balance < 1',
    'balance >= 1 and balance < 1',
    'balance > 1 and tenure > 2 and balance < 0',
    "region == 'East' and region == 'West'",
    "region == 'East' and region != 'East'",
    'active and not active',
    'active == true and active == false',
    'active and active == false',
    'is_null(balance) and balance > 0',
    'is_null(balance) and is_not_null(balance)',
    "is_null(name) and name == 'x'",
    'is_null(seen) and is_not_null(seen)',
    'balance != balance',
    'balance < balance',
    'tenure < age and age < tenure',
    'tenure < age and age <= tenure',
    'tenure == age and tenure != age',
    "match(name, 'a') and not match(name, 'a')",
    'balance / tenure > 5 and balance / tenure < 2',
    'balance * 2 > 5 and 2 * balance < 2',
    'length(name) < 0',
    'abs(balance) < 0',
    'not (age < 60 or age > 30)',
    '(balance > 1 or balance > 2) and (balance < 0 or balance < -1)',
    "(region == 'East' or region == 'West') and region == 'North'",
    'if(active, balance > 1, balance > 2) and balance < 0',
    'if(active, active, null) and not active',
    "'a' == 'b'",
    'false',
    'log(0) > 1',
    'balance > log(0)',
  ]);
  table([
    ['active or (balance > 2 and balance < 1)', 'ALWAYS_FALSE: (balance > 2 and balance < 1)'],
    ['if(active, balance > 2 and balance < 1, premium)', 'ALWAYS_FALSE: balance > 2 and balance < 1'],
    ["active or 'a' == 'b'", "ALWAYS_FALSE: 'a' == 'b'"],
    ['if(balance > 2 and balance < 1, 1, 2) > tenure', 'ALWAYS_FALSE: balance > 2 and balance < 1'],
  ]);
});

describe('never false', () => {
  whole('ALWAYS_TRUE', [
    'age < 60 or age > 30',
    'tenure <= 3 or tenure >= 4',
    'tenure != 30.5',
    "region != 'East' or region != 'West'",
    'balance == balance',
    'balance >= balance',
    'name == name',
    'active or not active',
    'active or active == false',
    'is_null(balance) or is_not_null(balance)',
    'is_null(balance) or balance > 0 or balance <= 0',
    'tenure < age or tenure >= age',
    'tenure < age or tenure == age or tenure > age',
    "match(name, '')",
    "match(name, '.*')",
    "startswith(name, '')",
    'length(name) >= 0',
    'not (age > 60 and age < 30)',
    "region == 'East' or name == 'x' or region != 'East'",
    'if(active, balance > 1 or balance <= 1, balance == balance)',
    'true',
    '10 < 20',
    'true or false',
  ]);
  table([
    ["(age<60 or age>30) and region=='East'", 'ALWAYS_TRUE: (age<60 or age>30)'],
    ["region == 'East' and 'a' != 'b'", "ALWAYS_TRUE: 'a' != 'b'"],
    ["region == 'East' and not (balance > 2 and balance < 1)", 'ALWAYS_TRUE: not (balance > 2 and balance < 1)'],
    ['if(true, active, premium)', 'ALWAYS_TRUE: true'],
    ['(active or not active) == premium', 'ALWAYS_TRUE: (active or not active)'],
  ]);
});

describe('redundant', () => {
  table([
    ['balance > 30 and balance > 20', 'REDUNDANT: balance > 20'],
    ['balance > 20 and balance > 30', 'REDUNDANT: balance > 20'],
    ['balance > 20 or balance > 30', 'REDUNDANT: balance > 30'],
    ['balance > 30 and balance > 30', 'REDUNDANT: balance > 30'],
    ['balance > 30 and 30 < balance', 'REDUNDANT: 30 < balance'],
    ['tenure > 30 and tenure >= 31', 'REDUNDANT: tenure >= 31'],
    ["region == 'East' and region != 'West'", "REDUNDANT: region != 'West'"],
    ["region != 'West' or region == 'East'", "REDUNDANT: region == 'East'"],
    ['active and (active or premium)', 'REDUNDANT: (active or premium)'],
    ['active or active and premium', 'REDUNDANT: active and premium'],
    ['balance > 1 and is_not_null(balance)', 'REDUNDANT: is_not_null(balance)'],
    ['not (balance > 30 or balance > 20)', 'REDUNDANT: balance > 30'],
    ['active and premium and active == true', 'REDUNDANT: active == true'],
    ["match(name, 'a') or active or match(name, 'a')", "REDUNDANT: match(name, 'a')"],
    ['balance > 1 and balance > 2 and balance > 3', 'REDUNDANT: balance > 1'],
    ['if(balance > 3 and balance > 2, active, premium)', 'REDUNDANT: balance > 2'],
  ]);
});

describe('values', () => {
  table([
    ["region == 'Eats'", "UNKNOWN_CATEGORY: 'Eats'"],
    ["'east' != region", "UNKNOWN_CATEGORY: 'east'"],
    ["region == 'South' or region == 'South' or active", "UNKNOWN_CATEGORY: 'South'", "REDUNDANT: region == 'South'"],
    ['share > 50', 'OUT_OF_RANGE: share > 50'],
    ['50 < share', 'OUT_OF_RANGE: 50 < share'],
    ['(share == -1)', 'OUT_OF_RANGE: share == -1'],
    ['debt < -1', 'OUT_OF_RANGE: debt < -1'],
    ['age < 9 + 8', 'OUT_OF_RANGE: age < 9 + 8'],
    ['age == 100.5', 'ALWAYS_FALSE: age == 100.5'],
    ["name == ''", "EMPTY_STRING: name == ''"],
    ["region != ''", "EMPTY_STRING: region != ''"],
    ['tenure == 9007199254740993', 'PRECISION: 9007199254740993'],
    ['tenure > 12345678901234567890 or active', 'PRECISION: 12345678901234567890'],
    ["active and share > 50 and name == ''", 'OUT_OF_RANGE: share > 50', "EMPTY_STRING: name == ''"],
  ]);
});

describe('nothing to say', () => {
  nothing([
    'balance > 50',
    'not balance > 5',
    'active',
    'active == true',
    'active == premium',
    'age >= 18 and age <= 92',
    'age > 18 and age < 92',
    'age == 18',
    'age != 92',
    'share >= 0 and share <= 1',
    'debt > 1000000',
    'tenure > 3 and tenure < 5',
    'balance > 3 and balance < 4',
    'tenure == 9007199254740992',
    'balance > 1e22',
    'balance == 9007199254740993.5',
    "region == 'East' or region == 'West' or region == 'North'",
    "region != 'East' and region != 'West'",
    "free == 'anything'",
    "startswith(region, 'Ea')",
    "match(name, '^$')",
    'balance / tenure > 1000',
    'if(is_null(balance), null, balance * 2) > 1000',
    'if(tenure > 30, active, null)',
    'if(tenure > 30, true, false)',
    'is_null(balance) or balance > 5',
    "is_not_null(name) and name != 'x'",
    'tenure < age or age < tenure',
    'active and premium or not active and not premium',
    'balance > tenure and balance > age',
    'is_null(seen)',
    // Null makes the difference: a row without balance is in neither.
    '(balance > 1) == (balance > 1 and is_not_null(balance))',
  ]);
});

describe('words', () => {
  test.each([
    ['age < 60 or age > 30', 'This is true for every row where age is known: age < 60 or age > 30 leaves no value out.'],
    [
      'tenure <= age or tenure > age',
      'This is true for every row where tenure and age are known: tenure <= age or tenure > age leaves no value out.',
    ],
    ['is_null(age) or is_not_null(age)', 'This is true for every row: is_null(age) or is_not_null(age) leaves no value out.'],
    ['10 < 20', 'This is true for every row: it has no column in it.'],
    ['active and (age < 60 or age > 30)', 'This part is true for every row where age is known: age < 60 or age > 30 leaves no value out.'],
    ['age > 60 and age < 30', 'This is never true: age > 60 and age < 30 exclude each other, so no row can be in the segment.'],
    ['active and age > 60 and age < 30', 'This is never true: age > 60 and age < 30 exclude each other, so no row can be in the segment.'],
    ["active and 'a' == 'b'", "This is never true: 'a' == 'b' never is, so no row can be in the segment."],
    ['tenure > 30 and tenure > 20', 'tenure > 20 adds nothing: tenure > 30 asks for more.'],
    ['tenure > 20 or tenure > 30', 'tenure > 30 adds nothing: tenure > 20 takes in more.'],
    ['tenure > 20 or tenure > 20', 'tenure > 20 is repeated; once is enough.'],
    ["region == 'west'", "'west' is not among the categories of region. Did you mean 'West'?"],
    ['share > 50', 'share goes from 0 to 1 in this model, so share > 50 is true for no value in that range.'],
    ['debt > -1', 'debt goes from 0 in this model, so debt > -1 is true for every value in that range.'],
    ["name == ''", 'name is compared with empty text, which is not the same as a missing value.'],
    ['tenure == 9007199254740993', '9007199254740993 has more digits than a number can hold; it is taken as 9007199254740992.'],
  ])('%s', (text, expected) => expect(findings(text)[0]?.message).toBe(expected));

  test.each([
    ['age < 60 or age > 30', 'age < 60 and age > 30'],
    ['age > 60 and age < 30', 'age > 60 or age < 30'],
    ['tenure > 20 and active and tenure > 30', 'active and tenure > 30'],
    ['active and(tenure > 30)and(tenure > 20)', 'active and(tenure > 30)'],
    ['active and (tenure > 20 and tenure > 30)', 'active and (tenure > 30)'],
    ['tenure > 1 and tenure > 2 and tenure > 3', 'tenure > 3'],
    ['tenure > 3 and (tenure > 1 and tenure > 2) and active', 'tenure > 3 and active'],
    ["region == 'west'", "region == 'West'"],
    ["not(name == '')", 'not(is_null(name))'],
    ["name != ''", 'is_not_null(name)'],
    ['share > 50', 'share > 0.5'],
  ])('%s → %s', (text, expected) => {
    const edits = [...(findings(text)[0]?.suggestions[0]?.edits ?? [])].sort((a, b) => b.offset - a.offset);
    expect(edits.reduce((now, { offset, length, text: put }) => now.slice(0, offset) + put + now.slice(offset + length), text)).toBe(
      expected,
    );
  });
});

test('a bound far down a long chain is still compared', () => {
  const text = Array.from({ length: 480 }, (_, index) => `balance!=${index}`).join(' and ');
  expect(told(`${text} and balance != 7`)).toEqual(['REDUNDANT: balance != 7']);
});
