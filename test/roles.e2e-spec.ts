import { rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { engine, freshDatabase, type TestDatabase } from './support/database.js';
import { nobodysId } from './support/fixtures.js';
import { runAdmin, startService, type Service } from './support/service.js';
import { claimsOf, sign } from './support/token.js';

/**
 * Who may do what, against a small model of the rules (`contract.md` section 5): every combination of organization role and project
 * role, in two organizations, with random operations on random objects. Nothing is changed: a write that the rules allow is sent with a
 * mistake in it, so that 400 says that it was let through.
 */
const CASES = engine === 'sqlite' ? 10_400 : 2_000;
const AT_ONCE = 8;
const ORGANIZATIONS = 2;
const USERS = 8;
const PROJECTS = 4;
const projectRoles = [undefined, 'Project Admin', 'Project Writer', 'Project Viewer'] as const;

type Kind = 'organization' | 'user' | 'project' | 'model' | 'segment';
const kinds: readonly Kind[] = ['organization', 'user', 'project', 'model', 'segment'];
const id = (kind: Kind, organization: number, at = 0): string =>
  `0c1d0000-0000-4000-8${kinds.indexOf(kind)}${organization}0-0000000000${String(at).padStart(2, '0')}`;
const isOrgAdmin = (user: number): boolean => user % 2 === 0;
/** Over all users and projects every pair of an organization role and a project role. */
const roleIn = (user: number, project: number) => projectRoles[(Math.floor(user / 2) + project) % 4];

interface Case {
  readonly organization: number;
  readonly user: number;
  /** Where the object is. `ORGANIZATIONS` is nowhere: no such object. */
  readonly home: number;
  readonly project: number;
  readonly operation: keyof typeof operations;
}

interface Operation {
  readonly method: string;
  readonly path: (object: (kind: Kind) => string) => string;
  readonly body?: (object: (kind: Kind) => string) => object;
  /** What the rules ask for, and the status once they are content. */
  readonly needs: 'any role' | 'writer' | 'project deletion' | 'Org Admin' | 'nothing';
  readonly done: number;
}

const operations = {
  'read a project': { method: 'GET', path: (object) => `/v3/projects/${object('project')}`, needs: 'any role', done: 200 },
  'read a model': { method: 'GET', path: (object) => `/v3/models/${object('model')}`, needs: 'any role', done: 200 },
  'read a segment': { method: 'GET', path: (object) => `/v3/segments/${object('segment')}`, needs: 'any role', done: 200 },
  'list the segments of a model': {
    method: 'GET',
    path: (object) => `/v3/models/${object('model')}/segments`,
    needs: 'any role',
    done: 200,
  },
  'validate a definition': {
    method: 'POST',
    path: () => '/v3/segments/validate',
    body: (object) => ({ model_id: object('model'), definition: 'age > 1' }),
    needs: 'any role',
    done: 200,
  },
  'create a segment': {
    method: 'POST',
    path: () => '/v3/segments',
    body: (object) => ({ model_id: object('model'), name: 'x', definition: 'no such column > 1' }),
    needs: 'writer',
    done: 400,
  },
  'list what uses a segment': {
    method: 'GET',
    path: (object) => `/v3/segments/${object('segment')}/references`,
    needs: 'any role',
    done: 200,
  },
  'say that something uses a segment': {
    method: 'PUT',
    path: (object) => `/v3/segments/${object('segment')}/references/alert/42`,
    body: () => ({ x: 1 }),
    needs: 'writer',
    done: 400,
  },
  'say that something uses a segment no more': {
    method: 'DELETE',
    path: (object) => `/v3/segments/${object('segment')}/references/alert/42?x=1`,
    needs: 'writer',
    done: 400,
  },
  'create segments in bulk': {
    method: 'POST',
    path: (object) => `/v3/models/${object('model')}/segments/bulk`,
    body: () => ({ segments: 'x' }),
    needs: 'writer',
    done: 400,
  },
  'copy segments': {
    method: 'POST',
    path: (object) => `/v3/models/${object('model')}/segments/copy`,
    body: (object) => ({ source_model_id: object('model'), dry_run: 'x' }),
    needs: 'writer',
    done: 400,
  },
  'create a model': {
    method: 'POST',
    path: () => '/v3/models',
    body: (object) => ({ project_id: object('project'), name: '' }),
    needs: 'writer',
    done: 400,
  },
  'change a model': {
    method: 'PATCH',
    path: (object) => `/v3/models/${object('model')}`,
    body: () => ({ x: 1 }),
    needs: 'writer',
    done: 400,
  },
  'delete a model': { method: 'DELETE', path: (object) => `/v3/models/${object('model')}?x=1`, needs: 'writer', done: 400 },
  'delete a project': { method: 'DELETE', path: (object) => `/v3/projects/${object('project')}?x=1`, needs: 'project deletion', done: 400 },
  'create a project': { method: 'POST', path: () => '/v3/projects', body: () => ({ name: ' ' }), needs: 'Org Admin', done: 400 },
  'list projects': { method: 'GET', path: () => '/v3/projects?limit=1', needs: 'nothing', done: 200 },
  'list models': { method: 'GET', path: () => '/v3/models?limit=1', needs: 'nothing', done: 200 },
  'list segments': { method: 'GET', path: () => '/v3/segments?limit=1', needs: 'nothing', done: 200 },
} as const satisfies Record<string, Operation>;

/** The rules: the status, and for a list of everything how many there are. */
function expected({ organization, user, home, project, operation }: Case): { status: number; total?: number } {
  const { needs, done }: Operation = operations[operation];
  const role = roleIn(user, project);
  const admin = isOrgAdmin(user);
  if (needs === 'nothing') {
    const mine = [...Array(PROJECTS).keys()].filter((at) => roleIn(user, at) !== undefined).length;
    return { status: done, total: operation === 'list projects' && admin ? PROJECTS : mine };
  }
  if (needs === 'Org Admin') return { status: admin ? done : 403 };
  if (home !== organization) return { status: 404 };
  const allowed = {
    'any role': role !== undefined,
    writer: role === 'Project Admin' || role === 'Project Writer',
    'project deletion': role === 'Project Admin' || admin,
  }[needs];
  return { status: allowed ? done : 403 };
}

const fixture = {
  organizations: [...Array(ORGANIZATIONS).keys()].map((organization) => ({
    id: id('organization', organization),
    name: `organization ${organization}`,
    users: [...Array(USERS).keys()].map((user) => ({
      id: id('user', organization, user),
      email: `user-${user}@organization-${organization}.test`,
      full_name: `User ${user}`,
      role: isOrgAdmin(user) ? 'Org Admin' : 'Org Member',
    })),
    projects: [...Array(PROJECTS).keys()].map((project) => ({
      id: id('project', organization, project),
      name: `project_${project}`,
      members: [...Array(USERS).keys()].flatMap((user) => {
        const role = roleIn(user, project);
        return role === undefined ? [] : [{ email: `user-${user}@organization-${organization}.test`, role }];
      }),
      models: [
        {
          id: id('model', organization, project),
          name: 'model',
          columns: [{ name: 'age', data_type: 'int' }],
          segments: [{ id: id('segment', organization, project), name: 'segment', definition: 'age > 3' }],
        },
      ],
    })),
  })),
};

let database: TestDatabase;
let service: Service;
const file = join(tmpdir(), `segments-roles-${process.pid}-${engine}.json`);
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const tokens = new Map<string, string>();

beforeAll(async () => {
  database = await freshDatabase();
  await writeFile(file, JSON.stringify(fixture));
  const { code, stdout, stderr } = await runAdmin(database.url, ['apply', file]);
  expect({ code, output: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, output: '' });
  service = await startService({ databaseUrl: database.url, env: { LOG_LEVEL: 'warn' } });
  for (const organization of Array(ORGANIZATIONS).keys())
    for (const user of Array(USERS).keys()) tokens.set(id('user', organization, user), sign(claimsOf(id('user', organization, user))));
}, 60_000);
afterAll(async () => {
  agent.destroy();
  await service?.stop();
  await database?.drop();
  await rm(file, { force: true });
}, 30_000);

/** Over kept connections: ten thousand requests of `fetch` would take minutes. */
function send({ organization, user, home, project, operation }: Case): Promise<{ status: number; total?: number }> {
  const { method, path, body }: Operation = operations[operation];
  const object = (kind: Kind) => (home === ORGANIZATIONS ? nobodysId : id(kind, home, project));
  const json = body === undefined ? undefined : JSON.stringify(body(object));
  const headers = {
    authorization: `Bearer ${tokens.get(id('user', organization, user))}`,
    ...(json === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(json)) }),
  };
  return new Promise((resolve, reject) => {
    const call = request({ agent, host: '127.0.0.1', port: service.port, method, path: path(object), headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => {
        const status = response.statusCode ?? 0;
        const isList = operations[operation].needs === 'nothing';
        resolve(isList && status === 200 ? { status, total: JSON.parse(text).data.total } : { status });
      });
    });
    call.once('error', reject);
    call.end(json);
  });
}

const oneCase = fc.record<Case>({
  organization: fc.nat(ORGANIZATIONS - 1),
  user: fc.nat(USERS - 1),
  home: fc.nat(ORGANIZATIONS),
  project: fc.nat(PROJECTS - 1),
  operation: fc.constantFrom(...(Object.keys(operations) as (keyof typeof operations)[])),
});

test('S50 every operation by every pair of roles, on an object of their own organization', async () => {
  const all = Object.keys(operations) as (keyof typeof operations)[];
  for (const operation of all)
    for (let user = 0; user < USERS; user++) {
      const one: Case = { organization: 0, user, home: 0, project: 0, operation };
      expect({ case: one, ...(await send(one)) }).toEqual({ case: one, ...expected(one) });
    }
}, 60_000);

test('the fixture has every pair of roles', () => {
  const pairs = [...Array(USERS).keys()].flatMap((user) =>
    [...Array(PROJECTS).keys()].map((at) => `${isOrgAdmin(user)} ${roleIn(user, at)}`),
  );
  expect(new Set(pairs).size).toBe(2 * projectRoles.length);
});

test(`S10 ${CASES} random cases agree with the rules, and nothing has changed`, async () => {
  const before = await database.content();
  const seen = new Map<string, number>();
  const together = fc.array(oneCase, { minLength: AT_ONCE, maxLength: AT_ONCE });
  await fc.assert(
    fc.asyncProperty(together, async (cases) => {
      const answers = await Promise.all(cases.map(send));
      answers.forEach((answer, at) => {
        expect({ case: cases[at], ...answer }).toEqual({ case: cases[at], ...expected(cases[at]!) });
        seen.set(`${cases[at]!.operation} ${answer.status}`, (seen.get(`${cases[at]!.operation} ${answer.status}`) ?? 0) + 1);
      });
    }),
    { numRuns: CASES / AT_ONCE, endOnFailure: true },
  );
  // Each operation met each of its outcomes, so the cases were no ten thousand times the same.
  for (const [operation, { needs, done }] of Object.entries(operations)) {
    const outcomes = needs === 'nothing' ? [done] : needs === 'Org Admin' ? [done, 403] : [done, 403, 404];
    for (const status of outcomes)
      expect({ operation, status, times: seen.get(`${operation} ${status}`) ?? 0 }).not.toMatchObject({ times: 0 });
  }
  expect(await database.content()).toEqual(before);
}, 60_000);
