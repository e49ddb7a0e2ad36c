import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { complementNumbers, intersectNumbers, numbersWhere, someNumber, type NumberSet, type Order } from './number-set.js';
import {
  allValues,
  complement,
  intersect,
  numbers,
  realNumbers,
  someValue,
  texts,
  truthValues,
  union,
  wholeNumbers,
  type Values,
} from './value-set.js';

const orders: readonly Order[] = ['<', '<=', '>', '>=', '==', '!='];
const bounds = fc.constantFrom(-1, 0, 0.5, 1, 2);
const simple = fc.tuple(fc.constantFrom(...orders), bounds).map(([order, bound]) => numbersWhere[order](bound));
const sets = fc
  .array(simple, { maxLength: 4 })
  .map((some) => some.reduce((met, set) => complementNumbers(intersectNumbers(met, set)), numbersWhere['!='](5)));
const has = (set: NumberSet, value: number): boolean =>
  set.some(({ low, lowIn, high, highIn }) => (value > low || (lowIn && value === low)) && (value < high || (highIn && value === high)));
const probes = [-2, -1, -0.5, 0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 1e300];

describe('numbers', () => {
  test('a value is in both, in neither, or outside, as it should be', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        for (const value of probes) {
          expect(has(intersectNumbers(a, b), value)).toBe(has(a, value) && has(b, value));
          expect(has(complementNumbers(a), value)).toBe(!has(a, value));
        }
      }),
    );
  });

  test('intervals stay in order and apart, so that equal sets look equal', () => {
    fc.assert(fc.property(sets, (a) => expect(complementNumbers(complementNumbers(a))).toEqual(a)));
  });

  test.each<[string, NumberSet, number | undefined, number | undefined]>([
    ['(30, 31)', intersectNumbers(numbersWhere['>'](30), numbersWhere['<'](31)), 30.5, undefined],
    ['(30, 32)', intersectNumbers(numbersWhere['>'](30), numbersWhere['<'](32)), 31, 31],
    ['30.5', numbersWhere['=='](30.5), 30.5, undefined],
    ['[1, 2)', intersectNumbers(numbersWhere['>='](1), numbersWhere['<'](2)), 1, 1],
    ['(1, 2]', intersectNumbers(numbersWhere['>'](1), numbersWhere['<='](2)), 2, 2],
    ['(1.5, 9)', intersectNumbers(numbersWhere['>'](1.5), numbersWhere['<'](9)), 2.5, 2],
    ['beyond all doubles', numbersWhere['>'](Number.MAX_VALUE), undefined, undefined],
    ['nothing', [], undefined, undefined],
  ])('a number in %s', (_, set, real, whole) => {
    expect(someNumber(set, realNumbers)).toBe(real);
    expect(someNumber(set, wholeNumbers)).toBe(whole);
  });
});

describe('texts', () => {
  const words = ['x', 'y', 'z'];
  const holds = (values: Values, word: string): boolean => values.kind === 'texts' && values.listed.has(word) === values.inside;
  const some = fc
    .tuple(fc.subarray(words), fc.boolean())
    .map(([listed, inside]) => (inside ? texts(...listed) : complement(texts(...listed))));

  test('a word is in both, in either or outside, as it should be', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        for (const word of [...words, 'another']) {
          expect(holds(intersect(a, b), word)).toBe(holds(a, word) && holds(b, word));
          expect(holds(union(a, b), word)).toBe(holds(a, word) || holds(b, word));
          expect(holds(complement(a), word)).toBe(!holds(a, word));
        }
      }),
    );
  });

  test('all texts but some always leave one', () => {
    expect(someValue(complement(texts('other', 'other_')), 'texts')).toBe('other__');
    expect(someValue(texts(), 'texts')).toBeUndefined();
  });
});

test('truth values are two', () => {
  const isTrue = numbers(numbersWhere['=='](1));
  expect(someValue(complement(isTrue), truthValues)).toBe(0);
  expect(someValue(intersect(complement(isTrue), complement(numbers(numbersWhere['=='](0)))), truthValues)).toBeUndefined();
  expect(someValue(allValues(truthValues), truthValues)).toBe(0);
});
