/**
 * How the database of DATABASE_URL would run the service's lists: fills it, then explains each statement that the built program's own
 * repositories ask for. Prints `[{ list, query, statement: 'total' | 'page' | 'parents', finds, sorts, joins }]` as JSON: how the rows are found
 * (`alias index`, or `alias whole`), whether they are sorted for it, and the order in which a found page is joined.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { createConnection } from 'mysql2/promise';
import { modelId, organizationId, projectId, projectsPerOrganization, seed, segmentName } from '../bench/seed.mjs';

const built = (file) => import(pathToFileURL(join(import.meta.dirname, '..', '..', process.env.BUILD_DIR ?? 'dist', file)).href);
const { parseListQuery } = await built('list-query/parse-list-query.js');
const url = process.env.DATABASE_URL;

/** Large enough that sorting it would not be cheap. */
const size = { organizations: 3, models: 60, segments: 18_000 };
const tenant = organizationId(0);
const all = Array.from({ length: projectsPerOrganization }, (_, project) => projectId(0, project));
const model = modelId(size, 0, 0);
const filter = (field, operator, value) => ({ filter: JSON.stringify({ field, operator, value }) });

const orders = ['name', '-name', 'created_at', '-created_at'].flatMap((ordering) => [{ ordering }, { ordering, offset: '290' }]);
const lists = {
  segments: ['segment', (repository, query) => repository.find(tenant, all, query)],
  'segments of one project': ['segment', (repository, query) => repository.find(tenant, all.slice(0, 1), query)],
  'segments of a model': ['segment', (repository, query) => repository.findOfModel(tenant, model, query)],
  models: ['model', (repository, query) => repository.find(tenant, all, query)],
  projects: ['project', (repository, query) => repository.find(tenant, query)],
};
const filters = [
  filter('id', 'equal', modelId(size, 0, 1)),
  filter('name', 'equal', segmentName(7)),
  filter('created_at', 'less', '2025-01-01T00:00:01Z'),
];
const queries = {
  segments: [...orders, ...filters, filter('model.id', 'equal', model), filter('project_id', 'equal', all[3]), { search: 'hawaii' }],
  'segments of one project': orders,
  'segments of a model': [...orders, filter('name', 'equal', segmentName(10)), { search: 'hawaii' }],
  models: [{}, ...filters, filter('project_id', 'equal', all[3]), { search: 'v1' }],
  projects: [{}, ...filters, { search: 'project_000001' }],
};

/** Asks for every list, and explains what it was asked for on the way. */
async function plans() {
  await seed(url, size);
  const { engineName, rows, explain, close } = url.startsWith('sqlite:') ? openSqlite() : await openMysql();
  const answers = [];
  for (const [list, [module, ask]] of Object.entries(lists)) {
    const [fields] = Object.values(await built(`modules/${module}/${module}.fields.js`));
    const classes = Object.values(await built(`modules/${module}/${module}.repository.js`));
    const Repository = classes.find(({ name }) => name.endsWith('Repository'));
    const asked = [];
    const read = (sql, params) => {
      asked.push([sql, params]);
      return rows(sql, params);
    };
    const repository = new Repository({ engineName, read, list: (_, work) => work(read) });
    for (const query of queries[list]) {
      asked.length = 0;
      await ask(repository, parseListQuery(fields, query));
      for (const [sql, params] of asked) {
        const statement = sql.includes(' page LEFT JOIN ') ? 'page' : sql.startsWith("SELECT '") ? 'parents' : 'total';
        answers.push({ list, query, statement, ...(await explain(sql, params)) });
      }
    }
  }
  await close();
  return answers;
}

async function openMysql() {
  const connection = await createConnection({ uri: url, charset: 'utf8mb4', timezone: 'Z', dateStrings: true });
  const rows = async (sql, params) => (await connection.execute({ sql, rowsAsArray: true }, [...params]))[0];
  return {
    engineName: 'mysql',
    rows,
    async explain(sql, params) {
      const [steps] = await connection.execute(`EXPLAIN ${sql}`, [...params]);
      const page = sql.includes(' page LEFT JOIN ');
      const finding = steps.filter(({ select_type }) => (page ? select_type === 'DERIVED' : /SIMPLE|PRIMARY/.test(select_type)));
      return {
        finds: finding.map(({ table, type, key }) => `${table} ${type === 'ALL' ? 'whole' : key}`),
        sorts: finding.some(({ Extra }) => /filesort/.test(Extra ?? '')),
        joins: page ? steps.filter(({ select_type }) => select_type === 'PRIMARY').map(({ table }) => table.replace(/<.*>/, 'page')) : [],
      };
    },
    close: () => connection.end(),
  };
}

function openSqlite() {
  const database = new Database(url.slice('sqlite:'.length));
  const rows = async (sql, params) =>
    database
      .prepare(sql)
      .raw()
      .all(...params);
  return {
    engineName: 'sqlite',
    rows,
    async explain(sql, params) {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params);
      const page = steps.find(({ detail }) => /^(?:CO-ROUTINE|MATERIALIZE) page/.test(detail))?.id ?? 0;
      const finding = steps.filter(({ parent }) => parent === page);
      const found = ({ detail }) => /^(SCAN|SEARCH) (\w+)(?:.* INDEX (\w+))?/.exec(detail);
      return {
        finds: finding
          .map(found)
          .filter(Boolean)
          .map(
            ([, how, table, index]) =>
              `${table} ${how === 'SCAN' ? 'whole' : (index ?? 'PRIMARY').replace(/^sqlite_autoindex_\w+_1$/, 'PRIMARY')}`,
          ),
        sorts: finding.some(({ detail }) => /TEMP B-TREE FOR ORDER BY/.test(detail)),
        joins:
          page === 0
            ? []
            : steps
                .filter(({ parent }) => parent === 0)
                .map(found)
                .filter(Boolean)
                .map(([, , table]) => table),
      };
    },
    close: async () => database.close(),
  };
}

console.log(JSON.stringify(await plans(), null, process.argv.includes('--pretty') ? 1 : 0));
