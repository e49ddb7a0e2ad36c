import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, runAdmin } from './service.js';

/** The two tenants that the suites work on; the file is the example of the admin guide too. */
export const fixtureFile = join(projectRoot, 'test', 'fixtures', 'two-tenants.json');

interface FixtureUser {
  id: string;
  email: string;
  full_name: string;
}
interface FixtureModel {
  id: string;
  name: string;
  version: string;
  segments: { name: string; definition: string; description?: string; created_by: string }[];
}
interface FixtureProject {
  id: string;
  name: string;
  asset_type: string;
  models: FixtureModel[];
}
interface FixtureOrganization {
  id: string;
  name: string;
  users: FixtureUser[];
  projects: FixtureProject[];
}

const { organizations } = JSON.parse(readFileSync(fixtureFile, 'utf8')) as { organizations: FixtureOrganization[] };

function pick<T>(things: readonly T[], matches: (thing: T) => boolean): T {
  const found = things.find(matches);
  if (found === undefined) throw new Error('test/fixtures/two-tenants.json has no such thing.');
  return found;
}

const organization = (name: string) => pick(organizations, (one) => one.name === name);
const user = (email: string) =>
  pick(
    organizations.flatMap(({ users }) => users),
    (one) => one.email === email,
  );
const project = (of: FixtureOrganization, name: string) => pick(of.projects, (one) => one.name === name);
const model = (of: FixtureProject, name: string, version: string) => pick(of.models, (one) => one.name === name && one.version === version);

export const acme = organization('acme');
export const globex = organization('globex');

/** ada: Org Admin alone. pia: Project Admin of churn and fraud. wim, vic: Writer and Viewer of churn. out: no project. off: disabled. */
export const [ada, pia, wim, vic, out, off] = [
  user('ada@acme.test'),
  user('pia@acme.test'),
  user('wim@acme.test'),
  user('vic@acme.test'),
  user('out@acme.test'),
  user('off@acme.test'),
] as const;
/** The other organization: bo is its Org Admin, gus a Project Writer of its churn. */
export const [bo, gus] = [user('bo@globex.test'), user('gus@globex.test')] as const;

export const churn = project(acme, 'churn');
export const fraud = project(acme, 'fraud');
export const globexChurn = project(globex, 'churn');

export const churnV1 = model(churn, 'churn_model', 'v1');
export const churnV2 = model(churn, 'churn_model', 'v2');
export const fraudModel = model(fraud, 'fraud_model', 'v1');
export const globexModel = model(globexChurn, 'churn_model', 'v1');

export const userByEmail = user;

/** An id of the right form that nothing has. */
export const nobodysId = '00000000-0000-4000-8000-000000000000';

/** Puts the two tenants into a database; the command brings the schema up first. */
export async function applyFixture(databaseUrl: string): Promise<void> {
  const { code, stdout, stderr } = await runAdmin(databaseUrl, ['apply', fixtureFile]);
  if (code !== 0) throw new Error(`admin apply ended with ${code}:\n${stdout}${stderr}`);
}
