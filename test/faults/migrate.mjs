/** `admin migrate` without the application around it, for faults that start it a hundred times: the built program's own code. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';

const built = (file) => import(pathToFileURL(join(import.meta.dirname, '..', '..', process.env.BUILD_DIR ?? 'dist', file)).href);
const { databaseTarget } = await built('config/database-target.js');
const { dataSourceOptions } = await built('database/data-source-options.js');
const { migrate } = await built('database/migrate.js');

const options = await dataSourceOptions({ database: databaseTarget(process.env.DATABASE_URL), poolSize: 2 });
const dataSource = await new DataSource(options).initialize();
const start = performance.now();
const done = await migrate(dataSource);
console.log(`${done.length} applied in ${Math.round(performance.now() - start)} ms`);
await dataSource.destroy();
