import type { ColumnType } from './columns.js';

/** The types of the language (`fql.md` section 4). */
export type FqlType = 'Number' | 'Boolean' | 'String';

/** What a column of each data type is in the language; a timestamp or vector is nothing it can compute with. */
export const columnTypes: Readonly<Record<ColumnType, FqlType | undefined>> = {
  int: 'Number',
  float: 'Number',
  bool: 'Boolean',
  str: 'String',
  category: 'String',
  timestamp: undefined,
  vector: undefined,
};
