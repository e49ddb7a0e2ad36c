import { Inject, Injectable } from '@nestjs/common';
import { ProjectRepository } from '../modules/project/project.repository.js';
import { stampCreated } from '../modules/user/audited.entity.js';
import type { ApplyPlan } from './apply-plan.js';
import type { ProjectEntry } from './fixture.js';
import type { OrganizationPlace } from './fixture-place.js';
import { ModelPlanner } from './model-planner.js';
import { placeId } from './place-id.js';
import { unknownUser } from './unknown-user.js';

@Injectable()
export class ProjectPlanner {
  constructor(
    @Inject(ProjectRepository) private readonly projects: ProjectRepository,
    @Inject(ModelPlanner) private readonly models: ModelPlanner,
  ) {}

  async plan(plan: ApplyPlan, place: OrganizationPlace, entry: ProjectEntry, path: string): Promise<void> {
    const { organization, admin } = place;
    const name = `${organization.name}/${entry.name}`;
    const existing = await this.projects.findByName(organization.id, entry.name);
    const id = existing?.id ?? entry.id ?? placeId('organization', organization.name, 'project', entry.name);
    if (existing === undefined) {
      plan.claim('project', 'id', id, path);
      if (await this.projects.idExists(id)) plan.refuse(`${path}.id`, 'another project has this id', { reason: 'Conflict' });
      const row = {
        id,
        organizationId: organization.id,
        name: entry.name,
        assetType: entry.asset_type,
        ...stampCreated(admin, plan.now()),
      };
      plan.note('created', 'project', name, this.projects.insert(row));
    } else {
      if (entry.id !== undefined && entry.id !== existing.id)
        plan.refuse(`${path}.id`, `the project "${entry.name}" has another id`, { reason: 'Conflict' });
      if (entry.asset_type !== existing.assetType)
        plan.refuse(`${path}.asset_type`, `the project is ${existing.assetType}; that cannot be changed`);
      plan.note('unchanged', 'project', name);
    }
    await this.members(plan, place, { id, name }, entry, path);
    const versions = entry.models.map((model) => `${model.name} ${model.version}`);
    plan.refuseRepeated(`${path}.models`, 'name', versions);
    for (const [index, model] of entry.models.entries())
      await this.models.plan(plan, { ...place, project: { id, name } }, model, `${path}.models[${index}]`);
  }

  private async members(
    plan: ApplyPlan,
    { users }: OrganizationPlace,
    project: { id: string; name: string },
    entry: ProjectEntry,
    path: string,
  ): Promise<void> {
    plan.refuseRepeated(
      `${path}.members`,
      'email',
      entry.members.map(({ email }) => email),
    );
    for (const [index, member] of entry.members.entries()) {
      const user = users.get(member.email);
      if (user === undefined) {
        plan.refuse(`${path}.members[${index}].email`, `no user ${member.email} in this organization`, unknownUser(member.email, users));
        continue;
      }
      const name = `${project.name}/${member.email}`;
      const role = await this.projects.memberRole(project.id, user.id);
      if (role === member.role) plan.note('unchanged', 'member', name);
      else if (role === undefined)
        plan.note('created', 'member', name, this.projects.insertMember(project.id, user.id, member.role, plan.now()));
      else plan.note('updated', 'member', name, this.projects.updateMember(project.id, user.id, member.role));
    }
  }
}
