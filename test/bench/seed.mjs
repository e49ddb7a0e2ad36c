/**
 * Fills a database with a world of a chosen size, always the same one: ids are functions of numbers, so that a benchmark can name
 * what it asks for. The default is the size that `performance.md` speaks of.
 *
 *     node test/bench/seed.mjs [--segments 100000]      a private server with that world: prints its URL, serves until Ctrl-C
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { createConnection } from 'mysql2/promise';
import { startPrivateMysql } from '../support/private-mysql.mjs';

const root = resolve(import.meta.dirname, '..', '..');

/** Organization 0 has a tenth of all segments, its model 0 a tenth of these; the first user of an organization reads all of it. */
export const fullSize = { organizations: 10, models: 2_000, segments: 1_000_000 };

export const projectsPerOrganization = 20;
const usersPerOrganization = 3;
const firstMoment = Date.UTC(2025, 0, 1);

/** A version 7 UUID of this kind of thing: the later its number, the later its time. */
const id = (kind, number) => {
  const time = (firstMoment + number * 29).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind.toString(16).padStart(3, '0')}-8000-${number.toString(16).padStart(12, '0')}`;
};

export const organizationId = (organization) => id(1, organization);
export const userId = (organization, user = 0) => id(2, organization * usersPerOrganization + user);
export const userEmail = (organization, user = 0) => `user-${organization}-${user}@acme.test`;
export const projectId = (organization, project) => id(3, organization * projectsPerOrganization + project);
export const modelId = ({ organizations }, organization, model) => id(4, model * organizations + organization);
/** Segment `index` of an organization. */
export const segmentId = ({ organizations }, organization, index) => id(5, index * organizations + organization);
/** A tenth of an organization's segments are its model 0's, the rest is spread. */
export const modelOfSegment = (size, index) => (index % 10 === 0 ? 0 : 1 + (index % (modelsPerOrganization(size) - 1)));
export const modelsPerOrganization = ({ organizations, models }) => Math.ceil(models / organizations);
/** Two models in a row are versions of one name. */
export const projectOfModel = (model) => (model >> 1) % projectsPerOrganization;
export const segmentName = (index) => `${places[index % places.length]} ${themes[(index * 7) % themes.length]} ${digits(index)}`;

const digits = (number) => String(number).padStart(6, '0');
const places = ['Hawaii', 'Texas', 'Florida', 'New York', 'California', 'Oregon', 'Québec', 'Massachusetts', 'Nevada', 'Zürich', 'Ohio'];
const themes = ['seniors', 'High balance', 'young and inactive', 'likely churners', 'no card', 'Complaints', 'low score'];
const descriptions = ['', 'For the island offer', 'Private banking watches these', '', 'Likely to leave early', 'Fairness review'];

/** Each with the columns that it reads, in order. */
const definitions = [
  [['age', 'geography'], (n) => `age > ${18 + (n % 70)} and geography == '${places[n % places.length]}'`],
  [['balance', 'estimatedsalary'], (n) => `balance / estimatedsalary > ${(n % 50) / 10} and balance >= ${n % 90_000}`],
  [['creditscore', 'numofproducts'], (n) => `creditscore < ${350 + (n % 500)} or numofproducts >= ${1 + (n % 4)}`],
  [['age', 'isactivemember', 'predicted_churn'], (n) => `predicted_churn > 0.${n % 100} and age < ${20 + (n % 60)} and not isactivemember`],
];

const columns = [
  ['customer_id', 'str'],
  ['creditscore', 'int'],
  ['geography', 'category', places],
  ['gender', 'category', ['Female', 'Male', 'Nonbinary']],
  ['age', 'int'],
  ['tenure', 'int'],
  ['balance', 'float'],
  ['numofproducts', 'int'],
  ['hascrcard', 'bool'],
  ['isactivemember', 'bool'],
  ['estimatedsalary', 'float'],
  ['comment', 'str'],
  ['seen_at', 'timestamp'],
  ['predicted_churn', 'float'],
  ['churn', 'category', ['no', 'yes']],
].map(([name, data_type, categories = null]) => {
  const rest = { min: null, max: null, categories, bins: null, replace_with_nulls: null, n_dimensions: null };
  return { id: name, name, data_type, ...rest };
});
const columnSchema = JSON.stringify({ schema_version: 1, columns });
const spec = JSON.stringify({
  schema_version: 1,
  inputs: columns.slice(1, 12).map(({ name }) => name),
  outputs: ['predicted_churn'],
  targets: ['churn'],
  decisions: [],
  metadata: ['customer_id', 'seen_at'],
  custom_features: [],
});
const details = JSON.stringify({
  task_params: {},
  xai_params: {},
  event_id_col: null,
  event_ts_col: null,
  event_ts_format: null,
  algorithm: null,
  framework: null,
});

const moment = (number) => new Date(firstMoment + number * 29).toISOString().slice(0, 23).replace('T', ' ');
const stamp = (organization, number, user = 0) => {
  const [at, by] = [moment(number), userId(organization, user)];
  return { created_at: at, updated_at: at, created_by_id: by, updated_by_id: by };
};
/** The seeded letters fold as JavaScript lower-cases them. */
const folded = (member, text) => ({ [member]: text, [`${member}_folded`]: text.toLowerCase() });

function* organizations(size) {
  for (let o = 0; o < size.organizations; o++)
    yield { id: organizationId(o), ...folded('name', `Organization ${o}`), created_at: moment(o), updated_at: moment(o) };
}

function* users(size) {
  for (let o = 0; o < size.organizations; o++)
    for (let u = 0; u < usersPerOrganization; u++) {
      const role = u === 0 ? 'Org Admin' : 'Org Member';
      const names = { ...folded('email', userEmail(o, u)), ...folded('full_name', `User ${u} of ${o}`) };
      yield {
        id: userId(o, u),
        organization_id: organizationId(o),
        ...names,
        role,
        active: 1,
        created_at: moment(o),
        updated_at: moment(o),
      };
    }
}

function* projects(size) {
  for (let o = 0; o < size.organizations; o++)
    for (let p = 0; p < projectsPerOrganization; p++) {
      const project = { id: projectId(o, p), organization_id: organizationId(o), ...folded('name', `project_${digits(p)}`) };
      yield { ...project, asset_type: 'ML_MODEL', ...stamp(o, p) };
    }
}

/** The first user administers every project, the second writes in all but the last, the third reads the first alone. */
function* members(size) {
  const roles = ['Project Admin', 'Project Writer', 'Project Viewer'];
  const projectsOf = [projectsPerOrganization, projectsPerOrganization - 1, 1];
  for (let o = 0; o < size.organizations; o++)
    for (let u = 0; u < usersPerOrganization; u++)
      for (let p = 0; p < projectsOf[u]; p++)
        yield { project_id: projectId(o, p), user_id: userId(o, u), role: roles[u], created_at: moment(p) };
}

function* models(size) {
  for (let m = 0; m < modelsPerOrganization(size); m++)
    for (let o = 0; o < size.organizations; o++) {
      const place = { id: modelId(size, o, m), organization_id: organizationId(o), project_id: projectId(o, projectOfModel(m)) };
      const names = { ...folded('name', `Model ${digits(m >> 1)}`), ...folded('version', `v${1 + (m % 2)}`), ...folded('description', '') };
      const words = { input_type: 'structured', task: 'binary_classification', artifact_status: 'no_model' };
      yield { ...place, ...names, ...words, column_schema: columnSchema, spec, details, ...stamp(o, m) };
    }
}

function* segments(size) {
  const perOrganization = Math.ceil(size.segments / size.organizations);
  for (let index = 0; index < perOrganization; index++) {
    const [, define] = definitions[index % definitions.length];
    const definition = define((index * 7_919) % 1_000_003);
    const description = descriptions[index % descriptions.length];
    const texts = { ...folded('name', segmentName(index)), ...folded('description', description), ...folded('definition', definition) };
    const fingerprint = createHash('md5').update(definition).digest('hex');
    const model = modelOfSegment(size, index);
    for (let o = 0; o < size.organizations; o++) {
      const place = { organization_id: organizationId(o), project_id: projectId(o, projectOfModel(model)) };
      const own = { id: segmentId(size, o, index), ...place, model_id: modelId(size, o, model) };
      yield { ...own, ...texts, fingerprint, ...stamp(o, index * size.organizations + o, index % 2) };
    }
  }
}

function* segmentColumns(size) {
  const perOrganization = Math.ceil(size.segments / size.organizations);
  for (let index = 0; index < perOrganization; index++)
    for (let o = 0; o < size.organizations; o++)
      for (const column_name of definitions[index % definitions.length][0]) yield { segment_id: segmentId(size, o, index), column_name };
}

const tables = {
  organization: organizations,
  user: users,
  project: projects,
  project_member: members,
  model: models,
  segment: segments,
  segment_column: segmentColumns,
};

/**
 * Brings the schema up and fills it. The database must be empty.
 * @param {string} url `mysql://user:password@host:port/name` (made when it is not there) or `sqlite:PATH`
 * @param {{ organizations: number, models: number, segments: number }} size
 */
export async function seed(url, size = fullSize) {
  const sink = url.startsWith('sqlite:') ? sqliteSink(url.slice('sqlite:'.length)) : await mysqlSink(url, size.segments > 20_000);
  try {
    await sink.prepare();
    migrate(url);
    for (const [table, rows] of Object.entries(tables)) await sink.fill(table, rows(size));
    await sink.finish();
  } finally {
    await sink.close();
  }
}

/** By the built program, as an operator does it. */
function migrate(url) {
  const program = join(root, process.env.BUILD_DIR ?? 'dist', 'admin', 'main.js');
  const env = { ...process.env, DATABASE_URL: url, JWT_SECRET: 'only for the migration, nothing is signed' };
  const { status, stderr } = spawnSync(process.execPath, [program, 'migrate'], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The schema could not be made: ${stderr}`);
}

/**
 * A large world by one LOAD DATA a table, from a file which the server reads itself: it must be on this machine. A small one by
 * INSERTs, which any server takes.
 */
async function mysqlSink(url, large) {
  const name = new URL(url).pathname.slice(1);
  const server = new URL('/', url).href;
  const connection = await createConnection({ uri: server, charset: 'utf8mb4' });
  const directory = await mkdtemp(join(tmpdir(), 'segments-seed-'));
  return {
    async prepare() {
      await connection.query('SET SESSION unique_checks = 0, foreign_key_checks = 0');
      await connection.query(`CREATE DATABASE IF NOT EXISTS ${name}`);
      await connection.query(`USE ${name}`);
    },
    async fill(table, rows) {
      if (!large) return insert(connection, table, rows);
      const file = join(directory, table);
      const { chunks, names } = tabbed(rows);
      await writeFile(file, chunks);
      const indexes = await indexesOf(connection, table);
      await alter(
        connection,
        table,
        indexes.map(({ name }) => `DROP INDEX ${name}`),
      );
      await connection.query(`LOAD DATA INFILE '${file}' INTO TABLE ${table} CHARACTER SET utf8mb4 (${names.join(', ')})`);
      await alter(
        connection,
        table,
        indexes.map(({ name, unique, columns }) => `ADD ${unique ? 'UNIQUE ' : ''}INDEX ${name} (${columns})`),
      );
    },
    async finish() {
      for (const statement of kept((...texts) => `CONCAT_WS('\\n', ${texts.join(', ')})`)) await connection.query(statement);
      await connection.query(`ANALYZE TABLE ${[...Object.keys(tables), 'segment_text', 'segment_count'].join(', ')}`);
    },
    async close() {
      await connection.end();
      await rm(directory, { recursive: true });
    },
  };
}

async function insert(connection, table, rows) {
  for (let left = [...rows]; left.length > 0; left = left.slice(rowsAtOnce)) {
    const names = Object.keys(left[0]).join(', ');
    await connection.query(`INSERT INTO ${table} (${names}) VALUES ?`, [left.slice(0, rowsAtOnce).map((row) => Object.values(row))]);
  }
}

/** What can be left out while a table is filled and sorted afterwards: a third of the time that filling index by index takes. */
async function indexesOf(connection, table) {
  const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
  // MySQL will not let go of an index that a foreign key uses.
  if (!version.includes('MariaDB')) return [];
  const [rows] = await connection.query(
    `SELECT index_name AS name, NOT non_unique AS \`unique\`,
            GROUP_CONCAT(CONCAT(column_name, IF(collation = 'D', ' DESC', '')) ORDER BY seq_in_index) AS columns
     FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name <> 'PRIMARY' GROUP BY 1, 2`,
    [table],
  );
  return rows;
}

const alter = (connection, table, changes) =>
  changes.length === 0 ? undefined : connection.query(`ALTER TABLE ${table} ${changes.join(', ')}`);

function sqliteSink(path) {
  let database;
  return {
    async prepare() {},
    async fill(table, rows) {
      database ??= new Database(path);
      let insert;
      database.exec('BEGIN');
      for (const row of rows) {
        const names = Object.keys(row);
        insert ??= database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
        insert.run(...Object.values(row));
      }
      database.exec('COMMIT');
    },
    async finish() {
      for (const statement of kept((...texts) => texts.join(' || char(10) || '))) database.exec(statement);
      database.exec('ANALYZE');
    },
    async close() {
      database?.close();
    },
  };
}

/** What the service keeps beside the rows, from the rows. */
const kept = (line) => [
  `INSERT INTO segment_text (organization_id, id, project_id, model_id, created_by_id, words)
   SELECT organization_id, id, project_id, model_id, created_by_id, ${line('name_folded', 'description_folded', 'definition_folded')}
   FROM segment ORDER BY organization_id, id`,
  `INSERT INTO segment_count (project_id, model_id, slot, organization_id, total)
   SELECT project_id, model_id, 0, organization_id, COUNT(*) FROM segment GROUP BY project_id, model_id, organization_id`,
];

const chunkSize = 1 << 16;
const rowsAtOnce = 500;

/** Rows → the text that LOAD DATA reads, in pieces. No seeded value holds a tab, a line break or a backslash. */
function tabbed(rows) {
  const first = rows.next();
  const names = Object.keys(first.value ?? {});
  function* chunks() {
    let chunk = '';
    for (let row = first; !row.done; row = rows.next()) {
      chunk += `${Object.values(row.value).join('\t')}\n`;
      if (chunk.length < chunkSize) continue;
      yield Buffer.from(chunk);
      chunk = '';
    }
    yield Buffer.from(chunk);
  }
  return { chunks: chunks(), names };
}

/** A private server with room for the world in memory. */
export const startBenchServer = () => startPrivateMysql(['--innodb-buffer-pool-size=2G', '--innodb-log-file-size=1G']);

async function main([flag, count]) {
  const size = flag === '--segments' ? { ...fullSize, segments: Number(count) } : fullSize;
  const server = await startBenchServer();
  try {
    const url = `${server.url}segments`;
    const start = performance.now();
    await seed(url, size);
    console.log(`${url}  ${size.segments} segments in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    const heartbeat = setInterval(() => undefined, 60_000);
    await new Promise((done) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, done)));
    clearInterval(heartbeat);
  } finally {
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv.slice(2));
