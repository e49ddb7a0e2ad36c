import { forbidden } from '../../errors/app-error.js';
import { actionNames, permissions, type Action, type OrganizationRole, type ProjectRole, type Role } from './roles.js';

/** A user with the roles that the database gave them a moment ago. */
export interface CallerRecord {
  readonly id: string;
  readonly email: string;
  readonly fullName: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly role: OrganizationRole;
  /** Their role in each project where they have one. */
  readonly projectRoles: ReadonlyMap<string, ProjectRole>;
}

/** Who asks: the request's user with their roles. First argument of every service method. */
export interface Caller extends CallerRecord {
  /** The same user as the database has them now, or had them less than a second ago; undefined when they are none any more. */
  latest(): Promise<CallerRecord | undefined>;
}

/** Whether `caller` may do `action`, in the project with this id where the action is about one. */
export function may(caller: CallerRecord, action: Action, projectId?: string): boolean {
  const allowed: readonly Role[] = permissions[action];
  const projectRole = projectId === undefined ? undefined : caller.projectRoles.get(projectId);
  return allowed.includes(caller.role) || (projectRole !== undefined && allowed.includes(projectRole));
}

/**
 * Nobody is refused on account of roles that another process has changed meanwhile: they are looked up before.
 * @throws AppError forbidden, naming the roles that would allow it
 */
export async function requireRole(caller: Caller, action: Action, projectId?: string): Promise<void> {
  if (may(caller, action, projectId)) return;
  const latest = await caller.latest();
  if (latest !== undefined && may(latest, action, projectId)) return;
  const roles = permissions[action].join(', ');
  throw forbidden(`Your role does not allow you to ${actionNames[action]}.`, `Roles that allow it: ${roles}.`);
}

/** Ids of the projects whose models and segments `caller` may read, sorted. */
export function readableProjects(caller: Caller): string[] {
  return [...caller.projectRoles.keys()].filter((projectId) => may(caller, 'read', projectId)).sort();
}
