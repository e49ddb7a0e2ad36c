import { forbidden } from '../../errors/app-error.js';
import { actionNames, permissions, type Action, type OrganizationRole, type ProjectRole, type Role } from './roles.js';

/** Who asks: the request's user with the roles that the database gives them now. First argument of every service method. */
export interface Caller {
  readonly id: string;
  readonly email: string;
  readonly fullName: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly role: OrganizationRole;
  /** Their role in each project where they have one. */
  readonly projectRoles: ReadonlyMap<string, ProjectRole>;
}

/** Whether `caller` may do `action`, in the project with this id where the action is about one. */
export function may(caller: Caller, action: Action, projectId?: string): boolean {
  const allowed: readonly Role[] = permissions[action];
  const projectRole = projectId === undefined ? undefined : caller.projectRoles.get(projectId);
  return allowed.includes(caller.role) || (projectRole !== undefined && allowed.includes(projectRole));
}

/** @throws AppError forbidden, naming the roles that would allow it */
export function requireRole(caller: Caller, action: Action, projectId?: string): void {
  if (may(caller, action, projectId)) return;
  const roles = permissions[action].join(', ');
  throw forbidden(`Your role does not allow you to ${actionNames[action]}.`, `Roles that allow it: ${roles}.`);
}

/** Ids of the projects whose models and segments `caller` may read, sorted. */
export function readableProjects(caller: Caller): string[] {
  return [...caller.projectRoles.keys()].filter((projectId) => may(caller, 'read', projectId)).sort();
}
