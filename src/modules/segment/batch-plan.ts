import { v7 as uuidv7 } from 'uuid';
import { limits } from '../../config/limits.js';
import { AppError, type Problem } from '../../errors/app-error.js';
import { entryOf } from '../../errors/error-entry.js';
import { isRefused, type BatchItem } from './batch-check.js';
import { nameTaken } from './name-taken.js';
import { quotaExceeded } from './quota-exceeded.js';
import type { OnConflict } from './segment-batch.dto.js';
import type { SegmentBatchResource } from './segment-batch.resource.js';
import type { AcceptedDefinition } from './segment-definition.js';

type PlannedSegment = AcceptedDefinition & { readonly id: string; readonly name: string; readonly description: string };

/** What is to become of each. */
interface BatchPlan {
  readonly created: readonly PlannedSegment[];
  readonly skipped: readonly { readonly id: string | null; readonly name: string }[];
  readonly failed: readonly { readonly name: string | null; readonly problems: readonly Problem[] }[];
}

/** What the model has before. */
interface ModelState {
  /** Ids by name, of the names that the batch would give. */
  readonly taken: ReadonlyMap<string, string>;
  /** Segments, and how many there may be. */
  readonly has: number;
  readonly quota: number;
}

export function planBatch(items: readonly BatchItem[], { taken, has, quota }: ModelState, onConflict: OnConflict): BatchPlan {
  const created = new Map<string, PlannedSegment>();
  const skipped: { id: string | null; name: string }[] = [];
  const failed: { name: string | null; problems: readonly Problem[] }[] = [];
  const firstOf = new Map<string, string>();
  for (const { place, nameField, name, content } of items) {
    const clash = isRefused(content) ? undefined : conflictOf(content.name, nameField, taken, firstOf);
    if (name !== null && !firstOf.has(name)) firstOf.set(name, place);
    if (isRefused(content)) failed.push({ name, problems: content });
    else if (clash === undefined && has + created.size >= quota) failed.push({ name, problems: [quotaExceeded(quota, place)] });
    else if (clash === undefined)
      created.set(content.name, { id: uuidv7(), ...content.accepted, name: content.name, description: content.description });
    else if (onConflict === 'fail') failed.push({ name, problems: [clash] });
    else skipped.push({ id: taken.get(content.name) ?? created.get(content.name)?.id ?? null, name: content.name });
  }
  return { created: [...created.values()], skipped, failed };
}

function conflictOf(
  name: string,
  field: string,
  taken: ReadonlyMap<string, string>,
  firstOf: ReadonlyMap<string, string>,
): Problem | undefined {
  const id = taken.get(name);
  if (id !== undefined) return nameTaken(name, id, field);
  const first = firstOf.get(name);
  const help = 'Names are unique in a model; case matters.';
  return first === undefined ? undefined : { reason: 'Conflict', message: `${first} has the name "${name}" already.`, help, field };
}

const conflicts: ReadonlySet<string> = new Set(['Conflict', 'QuotaExceeded']);

/** @param written false for a dry run: then the new ids mean nothing */
export function answerOf({ created, skipped, failed }: BatchPlan, written: boolean): SegmentBatchResource {
  const fresh = new Set(created.map(({ id }) => id));
  const shown = ({ id, name }: { id: string | null; name: string }) => ({ id: id !== null && !written && fresh.has(id) ? null : id, name });
  return {
    created: created.map(shown),
    skipped: skipped.map(shown),
    failed: failed.map(({ name, problems }) => ({ name, errors: problems.map(entryOf) })),
  };
}

/** All problems as one refusal: a conflict when names and the quota are the only trouble. */
export function refusalOf({ failed }: BatchPlan): AppError {
  const problems = failed.flatMap(({ problems }) => problems);
  const kind = problems.every(({ reason }) => conflicts.has(reason)) ? 'conflict' : 'invalid';
  const shown = problems.slice(0, limits.problemsPerAnswer);
  const more = problems.length - shown.length;
  if (more > 0)
    shown.push({
      reason: kind === 'conflict' ? 'Conflict' : 'ValidationError',
      message: more === 1 ? 'One more problem is not listed here.' : `${more} more problems are not listed here.`,
      help: 'The same request with dry_run lists them all.',
    });
  return new AppError(kind, shown as [Problem, ...Problem[]]);
}
