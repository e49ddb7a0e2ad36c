import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import { acceptDefinition, inspectDefinition, type AcceptedDefinition } from '../modules/segment/segment-definition.js';
import { SegmentTextRepository } from '../modules/segment/segment-text.repository.js';
import { SegmentWriteRepository } from '../modules/segment/segment-write.repository.js';
import { stampCreated } from '../modules/user/audited.entity.js';
import type { ApplyPlan } from './apply-plan.js';
import type { SegmentEntry } from './fixture.js';
import type { DefinitionColumns, ModelPlace } from './fixture-place.js';
import { placeId } from './place-id.js';
import { unknownUser } from './unknown-user.js';

const immutable = { reason: 'Conflict', help: 'Segments cannot be changed: delete it first, or give the new one another name.' };

@Injectable()
export class SegmentPlanner {
  constructor(
    @Inject(SegmentTextRepository) private readonly texts: SegmentTextRepository,
    @Inject(SegmentWriteRepository) private readonly segments: SegmentWriteRepository,
  ) {}

  async plan(plan: ApplyPlan, place: ModelPlace, entries: readonly SegmentEntry[], path: string): Promise<void> {
    plan.refuseRepeated(
      `${path}.segments`,
      'name',
      entries.map(({ name }) => name),
    );
    const existing = new Map((await this.texts.definitions(place.model.id)).map((segment) => [segment.name, segment]));
    for (const [index, entry] of entries.entries())
      await this.segment(plan, place, existing.get(entry.name), entry, `${path}.segments[${index}]`);
    const named = new Set(entries.map(({ name }) => name));
    // The fixture may bring other columns; what the database holds already must still make sense over them.
    for (const { name, definition } of existing.values()) {
      const verdict = named.has(name) ? undefined : inspectDefinition(definition, place.model.columns.known);
      if (verdict?.valid !== false || isUncertain(definition, place.model.columns)) continue;
      const { code, message, position, snippet, suggestions } = verdict.errors[0]!;
      plan.refuse(`${path}.columns`, `the segment "${name}" of this model would break: ${message}`, {
        reason: code,
        help: 'Keep what its definition needs, or bring the columns as a new version of the model.',
        extra: { position, snippet, suggestions },
      });
    }
  }

  private async segment(
    plan: ApplyPlan,
    { organization, project, model, users, admin }: ModelPlace,
    existing: { id: string; definition: string; description: string } | undefined,
    entry: SegmentEntry,
    path: string,
  ): Promise<void> {
    const name = `${model.name}/${entry.name}`;
    const author = entry.created_by === undefined ? admin : users.get(entry.created_by);
    if (author === undefined)
      plan.refuse(`${path}.created_by`, `no user ${entry.created_by} in this organization`, unknownUser(entry.created_by, users));
    const accepted = accept(plan, entry, model.columns, path);
    if (author === undefined || accepted === undefined) return;
    if (existing !== undefined) {
      if (entry.id !== undefined && entry.id !== existing.id)
        plan.refuse(`${path}.id`, 'this segment has another id', { reason: 'Conflict' });
      if (existing.definition !== accepted.definition)
        plan.refuse(`${path}.definition`, `the segment is there with another definition: ${existing.definition}`, immutable);
      if (existing.description !== entry.description)
        plan.refuse(`${path}.description`, 'the segment is there with another description', immutable);
      return plan.note('unchanged', 'segment', name);
    }
    const id = entry.id ?? placeId(...name.split('/'), 'segment');
    plan.claim('segment', 'id', id, path);
    if (await this.segments.idExists(id)) plan.refuse(`${path}.id`, 'another segment has this id', { reason: 'Conflict' });
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

function accept(plan: ApplyPlan, { definition }: SegmentEntry, columns: DefinitionColumns, path: string): AcceptedDefinition | undefined {
  try {
    return acceptDefinition(definition, columns.known, `${path}.definition`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!isUncertain(definition, columns)) plan.problems.push(...error.problems);
    return undefined;
  }
}

const isUncertain = (definition: string, { uncertain }: DefinitionColumns): boolean => uncertain.some((name) => definition.includes(name));
