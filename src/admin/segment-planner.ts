import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import type { Columns } from '../fql/columns.js';
import { acceptDefinition, inspectDefinition } from '../modules/segment/segment-definition.js';
import { SegmentRepository } from '../modules/segment/segment.repository.js';
import { stampCreated } from '../modules/user/audited.entity.js';
import type { ApplyPlan } from './apply-plan.js';
import type { SegmentEntry } from './fixture.js';
import type { ProjectPlace } from './model-planner.js';
import { placeId } from './place-id.js';

export interface ModelPlaceInFixture extends ProjectPlace {
  readonly model: { readonly id: string; readonly name: string; readonly columns: Columns };
}

@Injectable()
export class SegmentPlanner {
  constructor(@Inject(SegmentRepository) private readonly segments: SegmentRepository) {}

  async plan(plan: ApplyPlan, place: ModelPlaceInFixture, entries: readonly SegmentEntry[], path: string): Promise<void> {
    plan.refuseRepeated(
      `${path}.segments`,
      'name',
      entries.map(({ name }) => name),
    );
    const existing = new Map((await this.segments.definitions(place.model.id)).map((segment) => [segment.name, segment]));
    for (const [index, entry] of entries.entries())
      await this.segment(plan, place, existing.get(entry.name), entry, `${path}.segments[${index}]`);
    const named = new Set(entries.map(({ name }) => name));
    // The fixture may bring other columns; what the database holds already must still make sense over them.
    for (const { name, definition } of existing.values()) {
      const verdict = named.has(name) ? undefined : inspectDefinition(definition, place.model.columns);
      if (verdict?.valid === false)
        plan.refuse(
          `${path}.columns`,
          `the segment "${name}" of this model would break: ${verdict.errors[0]!.message}`,
          verdict.errors[0]!.code,
        );
    }
  }

  private async segment(
    plan: ApplyPlan,
    { organization, project, model, users, admin }: ModelPlaceInFixture,
    existing: { id: string; definition: string; description: string } | undefined,
    entry: SegmentEntry,
    path: string,
  ): Promise<void> {
    const name = `${model.name}/${entry.name}`;
    const author = entry.created_by === undefined ? admin : users.get(entry.created_by);
    if (author === undefined) return plan.refuse(`${path}.created_by`, `no user ${entry.created_by} in this organization`);
    const accepted = accept(plan, entry, model.columns, path);
    if (accepted === undefined) return;
    if (existing !== undefined) {
      if (entry.id !== undefined && entry.id !== existing.id) plan.refuse(`${path}.id`, 'this segment has another id', 'Conflict');
      if (existing.definition !== accepted.definition)
        plan.refuse(`${path}.definition`, 'the segment is there with another definition, and segments cannot be changed', 'Conflict');
      if (existing.description !== entry.description)
        plan.refuse(`${path}.description`, 'the segment is there with another description, and segments cannot be changed', 'Conflict');
      return plan.note('unchanged', 'segment', name);
    }
    const id = entry.id ?? placeId(...name.split('/'), 'segment');
    if (await this.segments.idExists(id)) plan.refuse(`${path}.id`, 'another segment has this id', 'Conflict');
    const row = {
      id,
      organizationId: organization.id,
      projectId: project.id,
      modelId: model.id,
      name: entry.name,
      description: entry.description,
    };
    plan.note('created', 'segment', name, ...this.segments.insert({ ...row, ...accepted, ...stampCreated(author, plan.now()) }));
  }
}

function accept(plan: ApplyPlan, entry: SegmentEntry, columns: Columns, path: string) {
  try {
    return acceptDefinition(entry.definition, columns, `${path}.definition`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const problem of error.problems) plan.problems.push({ ...problem, message: `${problem.field}: ${problem.message}` });
    return undefined;
  }
}
