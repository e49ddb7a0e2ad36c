import { expect, test } from '@jest/globals';
import { distance } from 'fastest-levenshtein';
import { nearestNames } from './did-you-mean.js';

const many = Array.from({ length: 2_001 }, (_, index) => `name_${index}`);

test.each<[what: string, name: string, candidates: readonly string[], expected: readonly string[]]>([
  ['a slip', 'tenur', ['age', 'tenure'], ['tenure']],
  ['one in three characters may differ', 'abcxyz', ['abcdef', 'abcxef'], ['abcxef']],
  ['one may always differ', 'a', ['b', 'cd'], ['b']],
  ['case does not count', 'GEOGRAFY', ['geography', 'geografie'], ['geography', 'geografie']],
  ['only case, spaces or normal form differ: first', 're\u0301sume\u0301', ['resumé', ' Résumé '], [' Résumé ', 'resumé']],
  ['three at most, in schema order when equal', 'ab', ['ac', 'ad', 'ae', 'af'], ['ac', 'ad', 'ae']],
  ['nothing near', 'zzzz', ['age'], []],
  ['a name over 100 characters', 'x'.repeat(101), ['x'.repeat(100)], []],
  ['a candidate over 100 characters', 'x'.repeat(100), ['x'.repeat(101)], []],
  ['a name of 100 characters', 'x'.repeat(100), [`${'x'.repeat(99)}y`], [`${'x'.repeat(99)}y`]],
  ['a candidate of 100 characters', 'x'.repeat(99), ['x'.repeat(100)], ['x'.repeat(100)]],
  ['a candidate that is empty', 'a', ['', ' ', 'b'], ['b']],
  ['nothing but spaces', '  ', many, []],
  ['2,000 candidates: by distance', 'nome_12', many.slice(1), ['name_12', 'name_1', 'name_2']],
  ['over 2,000 candidates: itself first', 'NAME_12', many.toReversed(), ['name_12', 'name_1299', 'name_1298']],
  ['over 2,000 candidates: by beginning', 'NAME_12', many, ['name_12', 'name_120', 'name_121']],
  ['over 2,000 candidates: not by distance', 'nome_12', many, []],
])('%s', (_, name, candidates, expected) => {
  expect(nearestNames(name, candidates, distance)).toEqual(expected);
});
