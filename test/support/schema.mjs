/**
 * Looks at the schema of DATABASE_URL through the built program's own data source: `drift` prints the statements that would make the
 * schema what the entities say, `down` undoes every migration. JSON on standard output.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';

const built = (file) => import(pathToFileURL(join(import.meta.dirname, '..', '..', process.env.BUILD_DIR ?? 'dist', file)).href);
const { databaseTarget } = await built('config/database-target.js');
const { dataSourceOptions } = await built('database/data-source-options.js');

const dataSource = await new DataSource(
  await dataSourceOptions({ database: databaseTarget(process.env.DATABASE_URL), poolSize: 2 }),
).initialize();
const commands = {
  async drift() {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  },
  async down() {
    for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
    return [];
  },
};
console.log(JSON.stringify(await commands[process.argv[2]]()));
await dataSource.destroy();
