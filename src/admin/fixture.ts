import { z } from 'zod';
import type { Problem } from '../errors/app-error.js';
import { limits } from '../config/limits.js';
import { canonicalUuid } from '../list-query/uuid.js';
import { artifactStatuses, inputTypes, modelTasks } from '../modules/model/model-enums.js';
import { assetTypes } from '../modules/project/project.entity.js';
import { organizationRoles, projectRoles } from '../modules/user/roles.js';
import { textTrouble, type TextRules } from '../validation/text.decorator.js';

/** What an admin fixture file may say (`admin.md`). Unknown keys are refused: a typing error must not be silently ignored. */
const id = z
  .string()
  .transform((text, context) => canonicalUuid(text) ?? (context.addIssue('must be a UUID'), z.NEVER))
  .optional();

const text = (rules: TextRules) =>
  z.string().transform((value, context) => {
    const trimmed = value.trim();
    const trouble = textTrouble(trimmed, rules);
    if (trouble !== undefined) context.addIssue(trouble);
    return trimmed;
  });

const email = z
  .email('must be an e-mail address')
  .max(255)
  .transform((address) => address.toLowerCase());

const segment = z.strictObject({
  id,
  name: text({ min: 1, max: limits.segmentName }),
  definition: z.string(),
  description: text({ max: limits.segmentDescription, multiline: true }).default(''),
  created_by: email.optional(),
});

const model = z.strictObject({
  id,
  name: text({ min: 1, max: limits.modelName }),
  version: text({ min: 1, max: limits.modelVersion }).default('v1'),
  description: text({ max: limits.segmentDescription, multiline: true }).default(''),
  task: z.enum(modelTasks).default('not_set'),
  input_type: z.enum(inputTypes).default('structured'),
  artifact_status: z.enum(artifactStatuses).default('no_model'),
  task_params: z.record(z.string(), z.unknown()).default({}),
  columns: z.array(z.record(z.string(), z.unknown())),
  spec: z.record(z.string(), z.unknown()).default({}),
  created_by: email.optional(),
  segments: z.array(segment).default([]),
});

const project = z.strictObject({
  id,
  name: text({ min: 1, max: limits.projectName }).refine((name) => /^[\w-]*$/.test(name), 'must be made of letters, digits, - and _'),
  asset_type: z.enum(assetTypes).default('ML_MODEL'),
  members: z.array(z.strictObject({ email, role: z.enum(projectRoles) })).default([]),
  models: z.array(model).default([]),
});

const user = z.strictObject({
  id,
  email,
  full_name: text({ min: 1, max: 255 }),
  role: z.enum(organizationRoles).default('Org Member'),
  active: z.boolean().default(true),
});

const organization = z.strictObject({
  id,
  name: text({ min: 1, max: 255 }),
  users: z.array(user).default([]),
  projects: z.array(project).default([]),
});

const fixture = z.strictObject({ organizations: z.array(organization) });

export type Fixture = z.input<typeof fixture>;
export type CheckedFixture = z.output<typeof fixture>;
export type OrganizationEntry = CheckedFixture['organizations'][number];
export type ProjectEntry = OrganizationEntry['projects'][number];
export type ModelEntry = ProjectEntry['models'][number];
export type SegmentEntry = ModelEntry['segments'][number];

/** The fixture with its defaults, or every problem of its shape with its path in the file. */
export function checkFixture(value: unknown): { fixture: CheckedFixture } | { problems: [Problem, ...Problem[]] } {
  const parsed = fixture.safeParse(value);
  if (parsed.success) return { fixture: parsed.data };
  const problems = parsed.error.issues.map((issue): Problem => {
    const field = pathOf(issue.path);
    return { reason: 'ValidationError', message: `${field === '' ? 'the file' : field}: ${issue.message}`, field };
  });
  return { problems: problems as [Problem, ...Problem[]] };
}

/** `organizations[0].users[1].email`. */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
