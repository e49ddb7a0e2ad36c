import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engine, freshDatabase, type TestDatabase } from './support/database.js';
import { environment, projectRoot } from './support/service.js';

/** How a statement runs: `support/plans.mjs` says what the members are. */
interface Plan {
  readonly list: string;
  readonly query: { readonly ordering?: string; readonly offset?: string; readonly filter?: string; readonly search?: string };
  readonly statement: 'total' | 'page' | 'parents';
  readonly finds: readonly string[];
  readonly sorts: boolean;
  readonly joins: readonly string[];
}

let database: TestDatabase;
let plans: readonly Plan[];

beforeAll(async () => {
  database = await freshDatabase();
  const { stdout } = await promisify(execFile)(process.execPath, [join(projectRoot, 'test', 'support', 'plans.mjs')], {
    env: environment(database.url, { BUILD_DIR: process.env['BUILD_DIR'] }),
    cwd: projectRoot,
    maxBuffer: 1 << 24,
  });
  plans = JSON.parse(stdout);
}, 60_000);
afterAll(() => database?.drop());

const of = (list: string, statement: Plan['statement'], keep: (query: Plan['query']) => boolean) =>
  plans.filter((plan) => plan.list === list && plan.statement === statement && keep(plan.query));
const by = (field: string) => (query: Plan['query']) => query.filter?.includes(`"${field}"`) ?? false;

describe('an order that an index gives is read from it, at the first page and at a deep one', () => {
  test.each([
    ['segments', 'name', 'ix_segment_name'],
    ['segments', '-name', 'ix_segment_name_down'],
    ['segments', 'created_at', 'ix_segment_created'],
    ['segments', '-created_at', 'ix_segment_created_down'],
    ['segments of one project', 'name', 'ix_segment_in_project_name'],
    ['segments of one project', '-name', 'ix_segment_in_project_name_down'],
    ['segments of one project', 'created_at', 'ix_segment_in_project_created'],
    ['segments of one project', '-created_at', 'ix_segment_in_project_created_down'],
    ['segments of a model', 'name', 'uq_segment_name'],
    ['segments of a model', '-name', 'uq_segment_name'],
    ['segments of a model', 'created_at', 'ix_segment_in_model_created'],
    ['segments of a model', '-created_at', 'ix_segment_in_model_created_down'],
  ])('%s by %s: %s', (list, ordering, index) => {
    const pages = of(list, 'page', (query) => query.ordering === ordering);
    expect(pages.map(({ finds, sorts }) => ({ finds, sorts }))).toEqual([
      { finds: [`s ${index}`], sorts: false },
      { finds: [`s ${index}`], sorts: false },
    ]);
  });
});

test('the total of all segments is read where it is kept', () => {
  const totals = plans.filter(({ query, statement }) => statement === 'total' && query.ordering !== undefined);
  expect(totals.length).toBe(24);
  expect(new Set(totals.flatMap(({ finds }) => finds.map((step) => step.split(' ')[0])))).toEqual(new Set(['n']));
});

describe('a filter that an index serves never reads the whole table', () => {
  /** One index, or two whose rows are intersected. */
  const served = /^(?:[smp] (?:(?:PRIMARY|uq_\w+|ix_\w+)\|?)+|null null)$/;
  test.each([
    ['segments', 'id'],
    ['segments', 'name'],
    ['segments', 'created_at'],
    ['segments', 'model.id'],
    ['segments', 'project_id'],
    ['segments of a model', 'name'],
    ['models', 'id'],
    ['models', 'name'],
    ['models', 'created_at'],
    ['models', 'project_id'],
    ['projects', 'id'],
    ['projects', 'name'],
    ['projects', 'created_at'],
  ])('%s by %s', (list, field) => {
    const found = [...of(list, 'total', by(field)), ...of(list, 'page', by(field))];
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap(({ finds }) => finds).filter((step) => !served.test(step))).toEqual([]);
  });

  test('by name in a model: one row of the unique index', () => {
    expect(of('segments of a model', 'page', by('name')).map(({ finds }) => finds)).toEqual([['s uq_segment_name']]);
  });
});

test('a page is found first and joined afterwards, in one order', () => {
  const base: Record<string, string> = { models: 'm', projects: 'p' };
  const pages = plans.filter(({ statement }) => statement === 'page');
  expect(pages.length).toBeGreaterThan(30);
  for (const { list, query, joins } of pages) {
    expect({ list, query, first: joins.slice(0, 2) }).toEqual({ list, query, first: ['page', base[list] ?? 's'] });
    expect(new Set(joins).size).toBe(joins.length);
  }
});

test('a search reads the texts of its organization, or the segments of its model, and no others', () => {
  const finds = (list: string) => of(list, 'total', ({ search }) => search !== undefined).flatMap((plan) => plan.finds);
  expect(new Set(finds('segments'))).toEqual(new Set(['s PRIMARY']));
  expect(finds('segments of a model').filter((step) => !/^s (?:uq|ix)_segment_/.test(step))).toEqual([]);
});

test('the database that was filled and asked is the one that this run is about', async () => {
  const versionOf = { sqlite: 'SELECT sqlite_version() AS version', mysql: 'SELECT VERSION() AS version, CONNECTION_ID() AS id' };
  const [{ version } = {}] = await database.query(versionOf[engine]);
  expect(version).toMatch(/^\d+\.\d+/);
  const [{ n } = {}] = await database.query('SELECT COUNT(*) AS n FROM segment');
  expect(Number(n)).toBe(18_000);
});
