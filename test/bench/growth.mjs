/**
 * What each kind of list costs the database as the collection grows: the service's own statements, on a private server, for a reader
 * of a whole organization that holds a tenth of all segments.
 *
 *     npm run bench:growth                1,000 to 1,000,000 segments
 *     npm run bench:growth -- --quick     1,000 and 10,000
 *
 * Times are medians as a client sees them, the way over the socket included; CPU is the server's, all its threads together.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { fullSize, modelId, organizationId, projectId, projectsPerOrganization, seed, segmentName, startBenchServer } from './seed.mjs';

const built = (file) => import(pathToFileURL(join(import.meta.dirname, '..', '..', process.env.BUILD_DIR ?? 'dist', file)).href);
const { parseListQuery } = await built('list-query/parse-list-query.js');
const { segmentFields } = await built('modules/segment/segment.fields.js');
const { SegmentRepository } = await built('modules/segment/segment.repository.js');

const sizes = process.argv.includes('--quick') ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000];
const runs = 15;

const filter = (field, operator, value) => JSON.stringify({ field, operator, value });

/** What is asked of an organization with so many segments; `model` asks for a list of its largest model. */
const worksOf = (segments) => {
  const middle = String(Math.floor(segments / 2));
  const last = String(segments - 1);
  return {
    'page 1 of 10': { limit: '10' },
    'page 1 of 50': {},
    'middle page': { offset: middle },
    'last page': { offset: last },
    'page 1, -name': { ordering: '-name' },
    'middle page, -name': { ordering: '-name', offset: middle },
    'page 1, -created_at': { ordering: '-created_at' },
    'middle page, -created_at': { ordering: '-created_at', offset: middle },
    'page 1 of a model': { model: true },
    'by name in a model': { model: true, filter: filter('name', 'equal', segmentName(10)) },
    'by name': { filter: filter('name', 'equal', segmentName(17)) },
    'filter on a column': { filter: filter('columns', 'any', ['geography']) },
    'filter on time, half': { filter: filter('created_at', 'less', new Date(Date.UTC(2025, 0, 1) + 29 * 5 * segments).toISOString()) },
    'search, one match': {
      search: segmentName(segments - 3)
        .split(' ')
        .at(-1),
    },
    'search, 9 % match': { search: 'hawaii' },
    'search, no match': { search: 'nowhere' },
  };
};

/** CPU milliseconds of all threads of a process. */
const cpuOf = (pid) =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
    try {
      return sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      // A thread that has ended in between.
      return sum;
    }
  }, 0);

const sumOf = (statements, ofPage) => statements.reduce((sum, { page, ms }) => (page === ofPage ? sum + ms : sum), 0);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const shown = (ms) => (ms === 0 ? '' : ms.toFixed(2)).padStart(10);

/** Runs one list again and again: `[ms of what tells the total, ms of the page if there is one, CPU ms of both]`. */
async function measure(list, statements, pid) {
  await list();
  const before = cpuOf(pid);
  const times = [];
  for (let run = 0; run < runs; run++) {
    statements.length = 0;
    await list();
    times.push([sumOf(statements, false), sumOf(statements, true)]);
  }
  const cpu = (cpuOf(pid) - before) / runs;
  return [median(times.map(([total]) => total)), median(times.map(([, page]) => page)), cpu];
}

/** Prints the table of one seeded database. */
export async function report(url, size) {
  const connection = await createConnection({ uri: url, charset: 'utf8mb4', timezone: 'Z', dateStrings: true });
  const [[{ file }]] = await connection.query('SELECT @@pid_file AS file');
  const pid = readFileSync(file, 'utf8').trim();
  const statements = [];
  const read = async (sql, params) => {
    const sent = performance.now();
    const [rows] = await connection.execute({ sql, rowsAsArray: true }, [...params]);
    statements.push({ page: sql.includes(' page LEFT JOIN '), ms: performance.now() - sent });
    return rows;
  };
  const repository = new SegmentRepository({ engineName: 'mysql', read, list: (_, work) => work(read) });
  const tenant = organizationId(0);
  const readable = Array.from({ length: projectsPerOrganization }, (_, project) => projectId(0, project));
  const own = size.segments / size.organizations;
  console.log(`\n${`${size.segments} segments, ${own} visible`.padEnd(32)} total ms   page ms    CPU ms      found`);
  for (const [name, { model, ...raw }] of Object.entries(worksOf(own))) {
    const query = parseListQuery(segmentFields, raw);
    const list = () => (model ? repository.findOfModel(tenant, modelId(size, 0, 0), query) : repository.find(tenant, readable, query));
    const { total } = await list();
    const [count, page, cpu] = await measure(list, statements, pid);
    console.log(`${name.padEnd(32)}${shown(count)}${shown(page)}${shown(cpu)}${String(total).padStart(11)}`);
  }
  await connection.end();
}

async function main() {
  const server = await startBenchServer();
  try {
    for (const segments of sizes) {
      const size = { ...fullSize, models: Math.min(fullSize.models, segments / 10), segments };
      const url = `${server.url}growth_${segments}`;
      const start = performance.now();
      await seed(url, size);
      console.log(`\nfilled in ${((performance.now() - start) / 1000).toFixed(1)} s`);
      await report(url, size);
    }
  } finally {
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
