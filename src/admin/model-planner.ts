import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import { ModelRepository } from '../modules/model/model.repository.js';
import { columnsOf } from '../modules/model/model-columns.js';
import { checkModelContent } from '../modules/model/model-content.js';
import { stampCreated } from '../modules/user/audited.entity.js';
import type { ApplyPlan } from './apply-plan.js';
import type { ModelEntry } from './fixture.js';
import { placeId } from './place-id.js';
import type { OrganizationPlace } from './project-planner.js';
import { SegmentPlanner } from './segment-planner.js';

export interface ProjectPlace extends OrganizationPlace {
  /** `name` with the organization's before it. */
  readonly project: { readonly id: string; readonly name: string };
}

@Injectable()
export class ModelPlanner {
  constructor(
    @Inject(ModelRepository) private readonly models: ModelRepository,
    @Inject(SegmentPlanner) private readonly segments: SegmentPlanner,
  ) {}

  async plan(plan: ApplyPlan, place: ProjectPlace, entry: ModelEntry, path: string): Promise<void> {
    const { organization, project, users, admin } = place;
    const name = `${project.name}/${entry.name} ${entry.version}`;
    const content = contentOf(plan, entry, path);
    if (content === undefined) return;
    const author = entry.created_by === undefined ? admin : users.get(entry.created_by);
    if (author === undefined) return plan.refuse(`${path}.created_by`, `no user ${entry.created_by} in this organization`);
    const { name: own, version, description, task, input_type: inputType, artifact_status: artifactStatus } = entry;
    const wanted = { name: own, version, description, task, inputType, artifactStatus, ...content };
    const existing = await this.models.findByName(project.id, own, version);
    const id = existing?.id ?? entry.id ?? placeId(...name.split('/'), 'model');
    if (existing === undefined) {
      if (await this.models.idExists(id)) plan.refuse(`${path}.id`, 'another model has this id', 'Conflict');
      const row = { id, organizationId: organization.id, projectId: project.id, ...wanted, ...stampCreated(author, plan.now()) };
      plan.note('created', 'model', name, this.models.insert(row));
    } else {
      if (entry.id !== undefined && entry.id !== existing.id) plan.refuse(`${path}.id`, `this model version has another id`, 'Conflict');
      const same = JSON.stringify(comparable({ ...existing, task: existing.task })) === JSON.stringify(comparable(wanted));
      if (same) plan.note('unchanged', 'model', name);
      else plan.note('updated', 'model', name, this.models.update(id, { ...wanted, updatedAt: plan.now(), updatedById: admin.id }));
    }
    await this.segments.plan(plan, { ...place, model: { id, name, columns: columnsOf(content.schema) } }, entry.segments, path);
  }
}

/** The model's schema, spec and parameters with their defaults, checked as the API checks them. */
function contentOf(plan: ApplyPlan, entry: ModelEntry, path: string) {
  try {
    return checkModelContent({ schema: { columns: entry.columns }, spec: entry.spec, task_params: entry.task_params });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const { field = '', message, reason, help } of error.problems) {
      const place = `${path}.${field.replace(/^schema\.columns/, 'columns')}`;
      plan.refuse(place, message, reason, help);
    }
    return undefined;
  }
}

type Comparable = Parameters<ModelRepository['update']>[1];

const comparable = ({
  name,
  version,
  description,
  task,
  inputType,
  artifactStatus,
  schema,
  spec,
  details,
}: Omit<Comparable, 'updatedAt' | 'updatedById'>) => [name, version, description, task, inputType, artifactStatus, schema, spec, details];
