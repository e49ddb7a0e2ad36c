import { bigquery } from './bigquery.js';
import { clickhouse } from './clickhouse.js';
import type { Dialect } from './dialect.js';
import { duckdb } from './duckdb.js';
import { mysql } from './mysql.js';

export const dialectNames = ['mysql', 'duckdb', 'bigquery', 'clickhouse'] as const;
export type DialectName = (typeof dialectNames)[number];

export const dialects: Readonly<Record<DialectName, Dialect>> = { mysql, duckdb, bigquery, clickhouse };
