import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldCase } from './fold-case.js';

const everyCodePoint = (): readonly string[] =>
  Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));

describe('foldCase', () => {
  test.each([
    ['Age >= 30', 'age >= 30'],
    ['ÉCOLE', 'école'],
    ['E\u0301', 'e\u0301'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['STRAẞE', 'straße'],
    ['strasse', 'strasse'],
    ['İI', 'İi'],
    ['ıi', 'ıi'],
    ['ǅ', 'ǆ'],
    ['µ', 'μ'],
    ['K', 'k'],
    ['ﬃ', 'ﬃ'],
    ['𐐀', '𐐨'],
    ['\0%_\\🎩', '\0%_\\🎩'],
    ['\ud800A', '\ud800a'],
    ['', ''],
  ])('%j → %j', (text, folded) => expect(foldCase(text)).toBe(folded));

  test('maps every code point to one, once and for all, and to one that regular expressions take for the same letter', () => {
    const wrong = everyCodePoint().filter((char) => {
      const folded = foldCase(char);
      if (folded === char) return false;
      return (
        [...folded].length !== 1 ||
        foldCase(folded) !== folded ||
        !new RegExp(`^\\u{${folded.codePointAt(0)!.toString(16)}}$`, 'iu').test(char)
      );
    });
    expect(wrong).toEqual([]);
  });

  test('of a whole is that of its parts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => foldCase(a + b) === foldCase(a) + foldCase(b)),
    );
  });
});
