import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexColumns, type Columns, type ColumnType } from '../../src/fql/columns.js';

/** One worked case; the fields are described in the file itself. */
export interface Case {
  readonly id: string;
  readonly definition: string;
  readonly schema?: string;
  readonly columns?: readonly CaseColumn[];
  readonly valid: boolean;
  readonly error_code?: string;
  readonly position?: { readonly offset: number; readonly line: number; readonly column: number };
  readonly span?: string;
  readonly other_errors?: readonly { readonly error_code: string; readonly offset: number }[];
  readonly suggests?: string;
  readonly warnings?: readonly string[];
  readonly rows?: readonly { readonly row: Record<string, unknown>; readonly matches: boolean }[];
  readonly columns_used?: readonly string[];
  readonly same_fingerprint_as?: string;
  readonly other_fingerprint_than?: string;
}

interface CaseColumn {
  readonly name: string;
  readonly data_type: string;
  readonly min?: number;
  readonly max?: number;
  readonly categories?: readonly string[];
}

interface CaseFile {
  readonly schemas: Readonly<Record<string, readonly CaseColumn[]>>;
  readonly cases: readonly Case[];
}

const file = JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')) as CaseFile;

const wireTypes: Readonly<Record<string, ColumnType>> = {
  INTEGER: 'int',
  FLOAT: 'float',
  BOOLEAN: 'bool',
  STRING: 'str',
  CATEGORY: 'category',
  TIMESTAMP: 'timestamp',
  VECTOR: 'vector',
};

const toColumns = (columns: readonly CaseColumn[]): Columns =>
  indexColumns(
    columns.map(({ name, data_type, min, max, categories }) => {
      const type = wireTypes[data_type];
      if (!type) throw new Error(`unknown data type ${data_type}`);
      return { name, type, min: min ?? null, max: max ?? null, categories: categories ?? null };
    }),
  );

/** A schema of the case file by name. */
export function schema(name: string): Columns {
  const columns = file.schemas[name];
  if (!columns) throw new Error(`unknown schema ${name}`);
  return toColumns(columns);
}

export const cases = file.cases;

export const columnsOf = (one: Case): Columns => (one.columns ? toColumns(one.columns) : schema(one.schema ?? ''));
