import { expect, test } from '@jest/globals';
import { parse } from './parser.js';
import { renameColumns } from './rename-columns.js';

test.each<[string, string, Record<string, string>, string]>([
  ['every place', 'age > 5 and (tenure < age)', { age: 'years' }, 'years > 5 and (tenure < years)'],
  ['its author wrote so', '( age>5 )\n  and\tnot  active', { active: 'is_active' }, '( age>5 )\n  and\tnot  is_active'],
  ['quotes where they are needed', 'age > 5', { age: 'max age' }, '"max age" > 5'],
  ['a keyword', 'age > 5', { age: 'Not' }, '"Not" > 5'],
  ['a quote in a name', 'age > 5', { age: 'a"b' }, '"a""b" > 5'],
  ['what was quoted stays quoted', 'not"on sale"or"on sale"', { 'on sale': 'sale' }, 'not"sale"or"sale"'],
  ['two change places', 'a > b', { a: 'b', b: 'a' }, 'b > a'],
  ['names as they are, not as they become', 'a > 1', { a: 'b', b: 'c' }, 'b > 1'],
  ['texts are no columns', "city == 'city'", { city: 'town' }, "town == 'city'"],
  ['functions are no columns', 'length(length) > 3', { length: 'size' }, 'length(size) > 3'],
  ['names of the prototype', '"__proto__" > 1', { constructor: 'x' }, '"__proto__" > 1'],
  ['nothing to rename', 'age > 5', {}, 'age > 5'],
])('%s', (_, text, names, expected) => {
  expect(renameColumns(text, parse(text), new Map(Object.entries(names)))).toBe(expected);
});
