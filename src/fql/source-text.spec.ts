import { describe, expect, test } from '@jest/globals';
import { excerpt, isBareName, writeColumn, writeText } from './source-text.js';

const x = (count: number): string => 'x'.repeat(count);

describe('an excerpt', () => {
  test.each([
    ['a short text', 'age > 5', 'age > 5'],
    ['40 characters', x(40), x(40)],
    ['41 characters', x(41), `${x(39)}…`],
    ['a long text', x(10_000), `${x(39)}…`],
    ['a tab', 'a\tb', 'a\\tb'],
    ['line breaks', 'a\nb\rc', 'a\\nb\\rc'],
    ['control characters', 'a\u0000b\u001b', 'a\\u0000b\\u001b'],
    ['a direction mark', 'a\u202eb', 'a\\u202eb'],
    ['half a surrogate pair', 'a\ud800b', 'a\\ud800b'],
    ['a whole pair', '😀', '😀'],
    ['escapes that make it too long', '\n'.repeat(30), `${'\\n'.repeat(19)}…`],
    ['a cut inside an escape', `${x(36)}\u0001${x(9)}`, `${x(36)}…`],
    ['a cut behind the backslash', `${x(38)}\n${x(9)}`, `${x(38)}…`],
    ['a cut inside a pair', `${x(38)}😀${x(9)}`, `${x(38)}…`],
    ['an escape well before the cut', `\t${x(50)}`, `\\t${x(37)}…`],
    ['a pair well before the cut', `😀${x(50)}`, `😀${x(37)}…`],
  ])('%s', (_, text, expected) => expect(excerpt(text)).toBe(expected));
});

describe('a column', () => {
  test.each([
    ['age', 'age'],
    ['_a1', '_a1'],
    ['max age', '"max age"'],
    ['1st', '"1st"'],
    ['a-b', '"a-b"'],
    ['a"b', '"a""b"'],
    ['', '""'],
    ['and', '"and"'],
    ['True', '"True"'],
    ['größe', '"größe"'],
  ])('%s is written %s', (name, expected) => {
    expect(writeColumn(name)).toBe(expected);
    expect(isBareName(name)).toBe(!expected.startsWith('"'));
  });
});

test.each([
  ['Texas', "'Texas'"],
  ["it's 'so'", "'it''s ''so'''"],
  ['', "''"],
])('the text %s is written %s', (value, expected) => expect(writeText(value)).toBe(expected));
