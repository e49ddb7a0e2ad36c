import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import { ModelRepository } from '../modules/model/model.repository.js';
import { columnsOf } from '../modules/model/model-columns.js';
import { checkModelContent, type ModelContent } from '../modules/model/model-content.js';
import { stampCreated } from '../modules/user/audited.entity.js';
import type { ApplyPlan } from './apply-plan.js';
import type { ModelEntry } from './fixture.js';
import type { DefinitionColumns, ProjectPlace } from './fixture-place.js';
import { placeId } from './place-id.js';
import { SegmentPlanner } from './segment-planner.js';
import { unknownUser } from './unknown-user.js';

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
    const author = entry.created_by === undefined ? admin : users.get(entry.created_by);
    if (author === undefined)
      plan.refuse(`${path}.created_by`, `no user ${entry.created_by} in this organization`, unknownUser(entry.created_by, users));
    const existing = await this.models.findByName(project.id, entry.name, entry.version);
    const id = existing?.id ?? entry.id ?? placeId(...name.split('/'), 'model');
    if (existing === undefined) {
      plan.claim('model', 'id', id, path);
      if (await this.models.idExists(id)) plan.refuse(`${path}.id`, 'another model has this id', { reason: 'Conflict' });
    } else if (entry.id !== undefined && entry.id !== existing.id)
      plan.refuse(`${path}.id`, 'this model version has another id', { reason: 'Conflict' });
    if (content !== undefined && author !== undefined) {
      const { name: own, version, description, task, input_type: inputType, artifact_status: artifactStatus } = entry;
      const wanted = { name: own, version, description, task, inputType, artifactStatus, ...content };
      const row = { id, organizationId: organization.id, projectId: project.id, ...wanted };
      if (existing === undefined) plan.note('created', 'model', name, this.models.insert({ ...row, ...stampCreated(author, plan.now()) }));
      else if (JSON.stringify(comparable(existing)) === JSON.stringify(comparable(wanted))) plan.note('unchanged', 'model', name);
      else plan.note('updated', 'model', name, this.models.update(id, { ...wanted, updatedAt: plan.now(), updatedById: admin.id }));
    }
    const columns = content === undefined ? certainColumns(entry) : { known: columnsOf(content.schema), uncertain: [] };
    await this.segments.plan(plan, { ...place, model: { id, name, columns } }, entry.segments, path);
  }
}

/** The model's schema, spec and parameters with their defaults, checked as the API checks them. */
function contentOf(plan: ApplyPlan, entry: ModelEntry, path: string): ModelContent | undefined {
  try {
    return checkModelContent({ schema: { columns: entry.columns }, spec: entry.spec, task_params: entry.task_params });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const { field = '', message, reason, help = '' } of error.problems) {
      const own = message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
      plan.refuse(`${path}.${field.replace(/^schema\.columns/, 'columns')}`, own.replace(/\.$/, ''), { reason, help });
    }
    return undefined;
  }
}

/**
 * Of a model with something wrong in it, the columns that are right by themselves: definitions are looked at over these, so that what
 * is wrong with them is told too. `uncertain` are the names of the others.
 */
function certainColumns({ columns }: ModelEntry): DefinitionColumns {
  const isCertain = columns.map((column) => alone(column) !== undefined);
  const certain = columns.filter((_, index) => isCertain[index]);
  const uncertain = columns.filter((_, index) => !isCertain[index]).map(({ name }) => String(name));
  const known = new Map(certain.flatMap((column) => [...columnsOf(alone(column)!.schema)]));
  return { known, uncertain };
}

function alone(column: Readonly<Record<string, unknown>>): ModelContent | undefined {
  try {
    return checkModelContent({ schema: { columns: [column] }, spec: {} });
  } catch {
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
