import { indexColumns } from '../../src/fql/columns.js';

/** Columns of every type, with and without a range or categories, for what is warned of and what is proposed. */
export const analysisColumns = indexColumns([
  { name: 'age', type: 'int', min: 18, max: 92 },
  { name: 'tenure', type: 'int' },
  { name: 'balance', type: 'float' },
  { name: 'share', type: 'float', min: 0, max: 1 },
  { name: 'debt', type: 'float', min: 0 },
  { name: 'active', type: 'bool' },
  { name: 'premium', type: 'bool' },
  { name: 'name', type: 'str' },
  { name: 'region', type: 'category', categories: ['East', 'North', 'West'] },
  { name: 'free', type: 'category' },
  { name: 'seen', type: 'timestamp' },
  { name: 'rate', type: 'float', min: 0, max: 10 },
  { name: 'score', type: 'float', min: 0.5, max: 1 },
  { name: 'temperature', type: 'float', max: 40 },
  { name: 'city', type: 'category', categories: [...'ABCDEFGHIJKL'].map((letter) => `City ${letter}`) },
  { name: 'net-worth', type: 'float' },
  { name: 'lengths', type: 'int' },
  { name: 'flag', type: 'int', min: 0, max: 1 },
  { name: 'half', type: 'int', min: 0, max: 5 },
  { name: 'this', type: 'int' },
  { name: 'features', type: 'vector' },
  { name: 'top 10', type: 'bool' },
  { name: 'years  with us', type: 'int' },
  { name: 'none yet', type: 'category', categories: [] },
]);
