import fc from 'fast-check';
import { indexColumns, type Columns } from '../../src/fql/columns.js';
import { randomColumns, randomRow, type RandomRow } from '../fql/random-tree.js';

/** What is put into a real database: the columns of the random trees and some for cases of their own. */
export const engineColumns: Columns = indexColumns([
  ...randomColumns.values(),
  { name: 'x', type: 'float' },
  { name: 'y', type: 'float' },
  { name: 'we"ird `n\\ame', type: 'int' },
]);

/** So that a column of another character set can hold it. */
const isLatin1 = (text: string): boolean => [...text].every((character) => character <= 'ÿ');

const extremes = [Number.MAX_VALUE, -Number.MAX_VALUE, 1e200, -1e200, 1e-200, 5e-324, 0.1, 0.2, -5.5, 2, 29, 536_870_912, 0, -0, null];

/** Random rows, and every pair of numbers at which arithmetic has its edges. */
export const engineRows: readonly RandomRow[] = [
  ...fc.sample(randomRow, { numRuns: 60, seed: 7 }),
  ...['A', 'a', 'a ', ' ', '', 'É', 'é', 'e\u0301', '😀', 'x\ny', "it's", '\\', '%', '_'].map((s) => ({ s, c: isLatin1(s) ? s : null })),
  ...extremes.flatMap((x) => extremes.map((y) => ({ x, y, i: 3, s: 'xyz' }))),
  { i: 2_147_483_647, k: Number.MAX_SAFE_INTEGER, 'we"ird `n\\ame': 1 },
  { i: -2_147_483_648, k: Number.MIN_SAFE_INTEGER, 'we"ird `n\\ame': 0 },
];
