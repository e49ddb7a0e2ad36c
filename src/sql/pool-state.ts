import type { Pool } from 'mysql2';
import type { PoolState } from '../metrics/exposition.js';

/** What mysql2 keeps and tells nobody of. */
interface Insides {
  readonly config: { readonly connectionLimit: number };
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

/** @param name of the pool, for people */
export function poolState(name: string, pool: Pool): PoolState {
  const { config, _allConnections, _freeConnections, _connectionQueue } = pool as unknown as Insides;
  const idle = _freeConnections.length;
  return { pool: name, size: config.connectionLimit, inUse: _allConnections.length - idle, idle, waiting: _connectionQueue.length };
}
