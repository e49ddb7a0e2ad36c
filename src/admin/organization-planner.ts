import { Inject, Injectable } from '@nestjs/common';
import { OrganizationRepository } from '../modules/organization/organization.repository.js';
import { UserRepository, type UserRecord } from '../modules/user/user.repository.js';
import type { ApplyPlan } from './apply-plan.js';
import type { OrganizationEntry } from './fixture.js';
import { placeId } from './place-id.js';
import { ProjectPlanner } from './project-planner.js';

const conflict = { reason: 'Conflict' };

/** An organization of a fixture against what the database holds: its users, then its projects. */
@Injectable()
export class OrganizationPlanner {
  constructor(
    @Inject(OrganizationRepository) private readonly organizations: OrganizationRepository,
    @Inject(UserRepository) private readonly users: UserRepository,
    @Inject(ProjectPlanner) private readonly projects: ProjectPlanner,
  ) {}

  /** @returns `plan`, with what this organization needs added */
  async plan(plan: ApplyPlan, entry: OrganizationEntry, path: string): Promise<ApplyPlan> {
    const organization = await this.organization(plan, entry, path);
    plan.refuseRepeated(
      `${path}.users`,
      'email',
      entry.users.map(({ email }) => email),
    );
    const users = await this.knownUsers(organization.id);
    for (const [index, user] of entry.users.entries()) await this.user(plan, organization, users, user, `${path}.users[${index}]`);
    const admin = [...users.values()].find((user) => user.role === 'Org Admin') ?? [...users.values()][0];
    plan.refuseRepeated(
      `${path}.projects`,
      'name',
      entry.projects.map(({ name }) => name),
    );
    if (entry.projects.length > 0 && admin === undefined) plan.refuse(`${path}.users`, 'must name a user before there can be projects');
    else
      for (const [index, project] of entry.projects.entries())
        await this.projects.plan(plan, { organization, users, admin: admin! }, project, `${path}.projects[${index}]`);
    return plan;
  }

  private async organization(plan: ApplyPlan, entry: OrganizationEntry, path: string): Promise<{ id: string; name: string }> {
    const existing = await this.organizations.findByName(entry.name);
    if (existing !== undefined) {
      if (entry.id !== undefined && entry.id !== existing.id)
        plan.refuse(`${path}.id`, `the organization "${entry.name}" has another id`, conflict);
      plan.note('unchanged', 'organization', entry.name);
      return existing;
    }
    const id = entry.id ?? placeId('organization', entry.name);
    plan.claim('organization', 'id', id, path);
    if ((await this.organizations.findById(id)) !== undefined) plan.refuse(`${path}.id`, 'another organization has this id', conflict);
    plan.note('created', 'organization', entry.name, this.organizations.insert(id, entry.name, plan.now()));
    return { id, name: entry.name };
  }

  private async knownUsers(organizationId: string): Promise<Map<string, UserRecord>> {
    return new Map((await this.users.findOfOrganization(organizationId)).map((user) => [user.email, user]));
  }

  private async user(
    plan: ApplyPlan,
    organization: { id: string; name: string },
    users: Map<string, UserRecord>,
    entry: OrganizationEntry['users'][number],
    path: string,
  ): Promise<void> {
    const name = `${organization.name}/${entry.email}`;
    const wanted = { email: entry.email, fullName: entry.full_name, role: entry.role, active: entry.active };
    const existing = users.get(entry.email);
    if (existing !== undefined) {
      if (entry.id !== undefined && entry.id !== existing.id) plan.refuse(`${path}.id`, `the user ${entry.email} has another id`, conflict);
      const same = existing.fullName === wanted.fullName && existing.role === wanted.role && existing.active === wanted.active;
      if (same) plan.note('unchanged', 'user', name);
      else plan.note('updated', 'user', name, this.users.update(existing.id, wanted, plan.now()));
      users.set(entry.email, { ...existing, ...wanted });
      return;
    }
    plan.claim('user', 'email', entry.email, path);
    if ((await this.users.findByEmail(entry.email)) !== undefined)
      plan.refuse(`${path}.email`, 'a user of another organization has this address', conflict);
    const user: UserRecord = {
      id: entry.id ?? placeId('organization', organization.name, 'user', entry.email),
      organizationId: organization.id,
      ...wanted,
    };
    plan.claim('user', 'id', user.id, path);
    if (await this.users.idExists(user.id)) plan.refuse(`${path}.id`, 'another user has this id', conflict);
    plan.note('created', 'user', name, this.users.insert(user, plan.now()));
    users.set(entry.email, user);
  }
}
