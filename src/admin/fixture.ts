import { z } from 'zod';
import type { Problem } from '../errors/app-error.js';
import { limits } from '../config/limits.js';
import { canonicalUuid } from '../list-query/uuid.js';
import { artifactStatuses, inputTypes, modelTasks } from '../modules/model/model-enums.js';
import { assetTypes } from '../modules/project/project.entity.js';
import { organizationRoles, projectRoles } from '../modules/user/roles.js';
import { textTrouble, type TextRules } from '../validation/text.decorator.js';
import { fixtureMessage } from './fixture-message.js';

/**
 * What an admin fixture file may say (`admin.md`). Strict: unknown keys are refused, since a typing error must not be silently
 * ignored. Lenient: what is wrong in a leaf is replaced by something that is right, so that a file with a wrong shape in one place
 * is still looked through for what is wrong elsewhere.
 */
function fixtureSchema(strict: boolean) {
  const or = <T extends z.ZodType>(schema: T, standIn: () => z.output<T>): T =>
    strict ? schema : (schema.catch(standIn as never) as unknown as T);
  const object = <S extends z.core.$ZodShape>(shape: S) =>
    strict ? z.strictObject(shape) : (z.object(shape) as unknown as z.ZodObject<S, z.core.$strict>);
  let made = 0;
  const placeholder = () => `unusable-${++made}`;

  const text = (rules: TextRules) => or(z.string().transform(trimmed(rules)), placeholder);
  const choice = <const V extends readonly [string, ...string[]]>(values: V) => or(z.enum(values), () => values[0]);
  const id = or(z.string().transform(uuid).optional(), () => undefined);
  const address = z.email('must be an e-mail address').max(255).transform(lowerCase);
  const email = or(address, () => `${placeholder()}@invalid`);
  const author = or(address.optional(), () => undefined);
  const anything = or(z.record(z.string(), z.unknown()), () => ({}));

  const segment = object({
    id,
    name: text({ min: 1, max: limits.segmentName }),
    definition: or(z.string(), () => ''),
    description: text({ max: limits.segmentDescription, multiline: true }).default(''),
    created_by: author,
  });
  const model = object({
    id,
    name: text({ min: 1, max: limits.modelName }),
    version: text({ min: 1, max: limits.modelVersion }).default('v1'),
    description: text({ max: limits.segmentDescription, multiline: true }).default(''),
    task: choice(modelTasks).default('not_set'),
    input_type: choice(inputTypes).default('structured'),
    artifact_status: choice(artifactStatuses).default('no_model'),
    task_params: anything.default({}),
    columns: z.array(z.record(z.string(), z.unknown())),
    spec: anything.default({}),
    created_by: author,
    segments: z.array(segment).default([]),
  });
  const projectName = z
    .string()
    .transform(trimmed({ min: 1, max: limits.projectName }))
    .refine((name) => /^[\w-]*$/.test(name), 'must be made of letters, digits, - and _');
  const project = object({
    id,
    name: or(projectName, placeholder),
    asset_type: choice(assetTypes).default('ML_MODEL'),
    members: z.array(object({ email, role: choice(projectRoles) })).default([]),
    models: z.array(model).default([]),
  });
  const user = object({
    id,
    email,
    full_name: text({ min: 1, max: 255 }),
    role: choice(organizationRoles).default('Org Member'),
    active: or(z.boolean(), () => true).default(true),
  });
  const organization = object({
    id,
    name: text({ min: 1, max: 255 }),
    users: z.array(user).default([]),
    projects: z.array(project).default([]),
  });
  return object({ organizations: z.array(organization) });
}

const lowerCase = (address: string): string => address.toLowerCase();

const uuid = (text: string, context: z.RefinementCtx): string => canonicalUuid(text) ?? (context.addIssue('must be a UUID'), z.NEVER);

const trimmed =
  (rules: TextRules) =>
  (value: string, context: z.RefinementCtx): string => {
    const text = value.trim();
    const trouble = textTrouble(text, rules);
    if (trouble !== undefined) context.addIssue(trouble);
    return text;
  };

const strict = fixtureSchema(true);
const lenient = fixtureSchema(false);

export type Fixture = z.input<typeof strict>;
export type CheckedFixture = z.output<typeof strict>;
export type OrganizationEntry = CheckedFixture['organizations'][number];
export type ProjectEntry = OrganizationEntry['projects'][number];
export type ModelEntry = ProjectEntry['models'][number];
export type SegmentEntry = ModelEntry['segments'][number];

/**
 * The fixture with its defaults and every problem of its shape, each with its path in the file. Where there are problems the fixture
 * is only for finding further ones; it is undefined when the file is no fixture at all.
 */
export function checkFixture(value: unknown): { fixture: CheckedFixture | undefined; problems: readonly Problem[] } {
  const parsed = strict.safeParse(value, { error: fixtureMessage });
  if (parsed.success) return { fixture: parsed.data, problems: [] };
  return { fixture: lenient.safeParse(value).data, problems: parsed.error.issues.flatMap(problemsOf) };
}

/** An unknown key is a problem of its own, at its own path. */
function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  const messages = issue.message.split('\n');
  return paths.map((path, index) => {
    const field = pathOf(path);
    const message = messages[index] ?? issue.message;
    return { reason: 'ValidationError', message: field === '' ? `The file ${message}.` : message, field };
  });
}

/** `organizations[0].users[1].email`. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
