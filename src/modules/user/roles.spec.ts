import { describe, expect, test } from '@jest/globals';
import { may, readableProjects, requireRole, type Caller } from './caller.js';
import { organizationRoles, permissions, projectRoles, type Action, type OrganizationRole, type ProjectRole } from './roles.js';

const [here, elsewhere] = ['project-1', 'project-2'];

const caller = (role: OrganizationRole, roles: readonly (readonly [string, ProjectRole])[] = []): Caller => ({
  id: 'user-1',
  email: 'ada@acme.test',
  fullName: 'Ada',
  organizationId: 'organization-1',
  organizationName: 'acme',
  role,
  projectRoles: new Map(roles),
  latest: async () => undefined,
});

/** `contract.md` section 5, typed off the page: action × role. */
const table: [Action, ...(readonly boolean[])][] = [
  //                  Admin  Writer Viewer OrgAdm Member
  ['see project', true, true, true, true, false],
  ['read project', true, true, true, false, false],
  ['read', true, true, true, false, false],
  ['write', true, true, false, false, false],
  ['create project', false, false, false, true, false],
  ['delete project', true, false, false, true, false],
];

const rows = table.flatMap(([action, ...allowed]) =>
  [...projectRoles, ...organizationRoles].map((role, at): [Action, string, Caller, boolean] => {
    const byProject = (projectRoles as readonly string[]).includes(role);
    const who = byProject ? caller('Org Member', [[here, role as ProjectRole]]) : caller(role as OrganizationRole);
    return [action, role, who, allowed[at]!];
  }),
);

test('the table is whole', () => {
  expect(projectRoles).toEqual(['Project Admin', 'Project Writer', 'Project Viewer']);
  expect(organizationRoles).toEqual(['Org Admin', 'Org Member']);
  expect(table.map(([action]) => action)).toEqual(Object.keys(permissions));
});

describe('action × role', () => {
  test.each(rows)('%s, %s', (action, _role, who, allowed) => {
    expect(may(who, action, here)).toBe(allowed);
  });

  test.each(rows.filter(([, role]) => role.startsWith('Project')))('%s, %s of another project: not here', (action, _role, who) => {
    expect(may(who, action, elsewhere)).toBe(false);
    expect(may(who, action)).toBe(false);
  });

  test('both roles count', () => {
    const both = caller('Org Admin', [[here, 'Project Viewer']]);
    expect([may(both, 'create project'), may(both, 'read', here), may(both, 'delete project', here), may(both, 'write', here)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('Org Admin reaches every project, with no role in it', () => {
    expect([may(caller('Org Admin'), 'delete project', elsewhere), may(caller('Org Admin'), 'read', elsewhere)]).toEqual([true, false]);
  });
});

describe('requireRole', () => {
  test('says nothing to who may', async () => {
    await expect(requireRole(caller('Org Member', [[here, 'Project Writer']]), 'write', here)).resolves.toBeUndefined();
  });

  test.each<[string, Caller | undefined, boolean]>([
    ['somebody who may now', caller('Org Member', [[here, 'Project Writer']]), true],
    ['somebody who may elsewhere now', caller('Org Member', [[elsewhere, 'Project Writer']]), false],
    ['nobody any more', undefined, false],
  ])('looks again before it refuses: %s', async (_, latest, allowed) => {
    const asked = requireRole({ ...caller('Org Member'), latest: async () => latest }, 'write', here);
    if (allowed) await expect(asked).resolves.toBeUndefined();
    else await expect(asked).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test.each<[Action, string, string]>([
    ['see project', 'see this project', 'Project Admin, Project Writer, Project Viewer, Org Admin'],
    ['read project', 'read this project', 'Project Admin, Project Writer, Project Viewer'],
    ['read', 'read models and segments of this project', 'Project Admin, Project Writer, Project Viewer'],
    ['write', 'create or delete models and segments in this project', 'Project Admin, Project Writer'],
    ['create project', 'create projects', 'Org Admin'],
    ['delete project', 'delete this project', 'Project Admin, Org Admin'],
  ])('%s: 403 that names the roles', async (action, name, roles) => {
    await expect(requireRole(caller('Org Member'), action, here)).rejects.toMatchObject({
      kind: 'forbidden',
      problems: [{ reason: 'Forbidden', message: `Your role does not allow you to ${name}.`, help: `Roles that allow it: ${roles}.` }],
    });
  });
});

test('readableProjects: those with a role, sorted', () => {
  const who = caller('Org Admin', [
    ['c', 'Project Viewer'],
    ['a', 'Project Admin'],
    ['b', 'Project Writer'],
    ['d', 'No Role Of Ours' as ProjectRole],
  ]);
  expect(readableProjects(who)).toEqual(['a', 'b', 'c']);
  expect(readableProjects(caller('Org Admin'))).toEqual([]);
});
