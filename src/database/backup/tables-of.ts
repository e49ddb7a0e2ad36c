import type { DataSource } from 'typeorm';

/** What belongs to the way of migrating, not to what is kept. */
const ofMigrations: ReadonlySet<string> = new Set(['migration', 'migration_lease']);

const sql = {
  mysql: `SELECT c.table_name AS name, c.column_name AS col FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'`,
  sqlite: `SELECT m.name AS name, c.name AS col FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
};

/** Every table that keeps something, with the names of its columns. */
export async function tablesOf(dataSource: DataSource): Promise<Map<string, string[]>> {
  const rows = (await dataSource.query(dataSource.options.type === 'better-sqlite3' ? sql.sqlite : sql.mysql)) as {
    name: string;
    col: string;
  }[];
  const tables = new Map<string, string[]>();
  for (const { name, col } of rows) if (!ofMigrations.has(name)) tables.set(name, [...(tables.get(name) ?? []), col]);
  return tables;
}
