import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { guardFormula, unguardFormula } from './csv-guard.js';

test.each([
  ['age > 50', 'age > 50'],
  ['', ''],
  ['=1+1', "'=1+1"],
  ['-age > 50', "'-age > 50"],
  ['+49', "'+49"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['＝1', "'＝1"],
  ["'Hawaii' == geography", "'Hawaii' == geography"],
  ["'-' == geography", "''-' == geography"],
  ["''=1", "'''=1"],
])('%j is written %j', (field, written) => {
  expect(guardFormula(field)).toBe(written);
  expect(unguardFormula(written)).toBe(field);
});

test('every text comes back, and none begins as a formula', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom("'", '=', '-', '+', '@', 'a', '\t') }));
  fc.assert(
    fc.property(text, (field) => {
      const written = guardFormula(field);
      expect(unguardFormula(written)).toBe(field);
      expect(written).not.toMatch(/^[=+\-@\t\r\n]/);
    }),
  );
});
