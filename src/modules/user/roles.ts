/**
 * Who may do what (`contract.md` section 5), as one table: action × role. Roles are read from the database at each request,
 * never from a token.
 */
export const organizationRoles = ['Org Admin', 'Org Member'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

export const projectRoles = ['Project Admin', 'Project Writer', 'Project Viewer'] as const;
export type ProjectRole = (typeof projectRoles)[number];

export type Role = OrganizationRole | ProjectRole;

export const permissions = {
  'see project': ['Project Admin', 'Project Writer', 'Project Viewer', 'Org Admin'],
  'read project': ['Project Admin', 'Project Writer', 'Project Viewer'],
  read: ['Project Admin', 'Project Writer', 'Project Viewer'],
  write: ['Project Admin', 'Project Writer'],
  'create project': ['Org Admin'],
  'delete project': ['Project Admin', 'Org Admin'],
} as const satisfies Record<string, readonly Role[]>;

/** `read` and `write` are of models and segments. */
export type Action = keyof typeof permissions;

/** What each action is called in an error message. */
export const actionNames: Readonly<Record<Action, string>> = {
  'see project': 'see this project',
  'read project': 'read this project',
  read: 'read models and segments of this project',
  write: 'create or delete models and segments in this project',
  'create project': 'create projects',
  'delete project': 'delete this project',
};
