import { Inject, Injectable } from '@nestjs/common';
import { AppError, conflict, type Problem } from '../errors/app-error.js';
import { nearest } from '../list-query/nearest.js';
import { OrganizationRepository } from '../modules/organization/organization.repository.js';
import { ProjectRepository } from '../modules/project/project.repository.js';
import type { OrganizationRole, ProjectRole } from '../modules/user/roles.js';
import { UserRepository, type UserRecord } from '../modules/user/user.repository.js';
import type { Outcome } from './apply-plan.js';
import { ApplyService } from './apply.service.js';

/** What became of a user or a membership. */
export interface PeopleOutcome {
  readonly change: Outcome['change'] | 'deleted';
  readonly kind: 'user' | 'member';
  /** As in a fixture's report: `acme/ada@acme.test`, `acme/churn/ada@acme.test`. */
  readonly name: string;
}

export interface NewUser {
  readonly email: string;
  readonly fullName: string;
  readonly organization: string;
  readonly role: OrganizationRole;
  /** Make the organization when it is not there. */
  readonly createOrganization: boolean;
}

/**
 * One user or membership at a time. Written as a fixture of one thing, so that the same checks hold, and the same ids come out as when
 * a file says it.
 */
@Injectable()
export class PeopleService {
  constructor(
    @Inject(ApplyService) private readonly fixtures: ApplyService,
    @Inject(OrganizationRepository) private readonly organizations: OrganizationRepository,
    @Inject(UserRepository) private readonly users: UserRepository,
    @Inject(ProjectRepository) private readonly projects: ProjectRepository,
  ) {}

  async addUser({ email, fullName, organization, role, createOrganization }: NewUser): Promise<PeopleOutcome> {
    if (!createOrganization && (await this.organizations.findByName(organization)) === undefined)
      throw unknown('organization', organization, await this.organizations.names(), 'Add --create-organization to make it.');
    if ((await this.find(email)) !== undefined)
      throw conflict(`There is a user ${email} already.`, 'Change them with: admin user role, admin user enable, admin user disable.');
    return this.apply(organization, { users: [{ email, full_name: fullName, role }] });
  }

  async changeUser(email: string, change: Partial<Pick<UserRecord, 'role' | 'active'>>): Promise<PeopleOutcome> {
    const { fullName, role, active, organization } = await this.require(email);
    return this.apply(organization.name, { users: [{ email, full_name: fullName, role, active, ...change }] });
  }

  /** @param project its name, in the organization of the user; they may have another role there, which is changed */
  async addMember(project: string, email: string, role: ProjectRole): Promise<PeopleOutcome> {
    const { organization } = await this.require(email);
    const { assetType } = await this.project(organization.id, project);
    return this.apply(organization.name, { projects: [{ name: project, asset_type: assetType, members: [{ email, role }] }] });
  }

  async removeMember(project: string, email: string): Promise<PeopleOutcome> {
    const { id: userId, organization } = await this.require(email);
    const { id } = await this.project(organization.id, project);
    const [deleted] = await this.projects.write([this.projects.deleteMember(id, userId)]);
    return {
      change: deleted === 0 ? 'unchanged' : 'deleted',
      kind: 'member',
      name: `${organization.name}/${project}/${email.toLowerCase()}`,
    };
  }

  /** Oldest first. */
  async list(organization: string): Promise<UserRecord[]> {
    const found = await this.organizations.findByName(organization);
    if (found === undefined)
      throw unknown('organization', organization, await this.organizations.names(), 'Make it with: admin apply FILE.');
    return this.users.findOfOrganization(found.id);
  }

  private find(email: string): Promise<UserRecord | undefined> {
    return this.users.findByEmail(email.toLowerCase());
  }

  private async require(email: string): Promise<UserRecord & { readonly organization: { readonly id: string; readonly name: string } }> {
    const user = await this.find(email);
    if (user === undefined) throw missing(`No user ${email}.`, 'Check the address, or add them: admin user add.');
    return { ...user, organization: (await this.organizations.findById(user.organizationId))! };
  }

  private async project(organizationId: string, name: string) {
    const project = await this.projects.findByName(organizationId, name);
    if (project !== undefined) return project;
    throw unknown('project', name, await this.projects.names(organizationId), 'It must be a project of the user’s organization.');
  }

  /** @throws AppError whose fields are those of the command, not of a file */
  private async apply(organization: string, content: object): Promise<PeopleOutcome> {
    try {
      const outcomes = await this.fixtures.apply({ organizations: [{ name: organization, ...content }] });
      return outcomes.at(-1) as PeopleOutcome;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.kind, error.problems.map(withoutPath) as [Problem, ...Problem[]]);
    }
  }
}

const withoutPath = ({ field = '', ...problem }: Problem): Problem => ({
  ...problem,
  field: field.replace(/^.*\./, '').replace(/^organizations\[0\]$/, ''),
});

const missing = (message: string, help: string): AppError => new AppError('not-found', [{ reason: 'ObjectNotFound', message, help }]);

function unknown(what: string, name: string, names: readonly string[], otherwise: string): AppError {
  const meant = nearest(name, names);
  return missing(`No ${what} "${name}".`, meant === undefined ? otherwise : `Did you mean "${meant}"? ${otherwise}`);
}
