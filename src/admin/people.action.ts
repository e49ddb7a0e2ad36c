import type { OrganizationRole, ProjectRole } from '../modules/user/roles.js';
import { PeopleService, type PeopleOutcome } from './people.service.js';
import { withApp } from './with-app.js';

export interface Asked {
  readonly json?: boolean;
}

export interface UserAddOptions extends Asked {
  readonly name: string;
  readonly organization: string;
  readonly role: OrganizationRole;
  readonly createOrganization?: boolean;
}

export const addUser = (
  email: string,
  { name: fullName, organization, role, createOrganization = false, json }: UserAddOptions,
): Promise<void> => told(json, (people) => people.addUser({ email, fullName, organization, role, createOrganization }));

export const changeUser = (email: string, change: { role?: OrganizationRole; active?: boolean }, { json }: Asked): Promise<void> =>
  told(json, (people) => people.changeUser(email, change));

export const addMember = (project: string, email: string, { role, json }: Asked & { role: ProjectRole }): Promise<void> =>
  told(json, (people) => people.addMember(project, email, role));

export const removeMember = (project: string, email: string, { json }: Asked): Promise<void> =>
  told(json, (people) => people.removeMember(project, email));

export const listUsers = ({ organization, json }: Asked & { organization: string }): Promise<void> =>
  withApp({ pending: 'refuse', json }, async ({ app }) => {
    const users = (await app.get(PeopleService).list(organization)).map(({ id, email, fullName, role, active }) => ({
      id,
      email,
      full_name: fullName,
      role,
      active,
    }));
    const lines = users.map(
      ({ email, full_name, role, active }) => `${role.padEnd(10)} ${active ? '        ' : 'disabled'} ${email}  ${full_name}\n`,
    );
    process.stdout.write(json === true ? `${JSON.stringify({ users })}\n` : lines.join(''));
  });

const told = (json: boolean | undefined, work: (people: PeopleService) => Promise<PeopleOutcome>): Promise<void> =>
  withApp({ pending: 'refuse', json }, async ({ app }) => {
    const { change, kind, name } = await work(app.get(PeopleService));
    process.stdout.write(
      json === true ? `${JSON.stringify({ change, kind, name })}\n` : `${change.padEnd(9)} ${kind.padEnd(12)} ${name}\n`,
    );
  });
