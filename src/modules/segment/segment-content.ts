import { invalid } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import { checkShape } from '../../validation/check-shape.js';
import { BatchSegmentDto } from './segment-batch.dto.js';
import { acceptDefinition, type AcceptedDefinition } from './segment-definition.js';

/** What may be stored of a segment. */
export interface SegmentContent {
  readonly name: string;
  readonly description: string;
  readonly accepted: AcceptedDefinition;
}

/**
 * A segment as the API checks a create: first the shape, then the definition.
 * @param place where it stands among others, such as `segments[3]`; empty where it is looked at by itself
 * @throws AppError invalid
 */
export function checkContent(value: unknown, columns: Columns, place = ''): SegmentContent {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid({
      reason: 'ValidationError',
      message: 'A segment must be an object with name and definition.',
      ...(place === '' ? {} : { field: place }),
    });
  const shape = checkShape(BatchSegmentDto, value, place);
  if ('problems' in shape) throw invalid(...shape.problems);
  const { name, definition, description } = shape.dto;
  const field = place === '' ? 'definition' : `${place}.definition`;
  return { name, description: description ?? '', accepted: acceptDefinition(definition, columns, field) };
}

/** The name that was sent, as it would be stored; undefined when none was. */
export function nameSent(value: unknown): string | undefined {
  const { name } = (value ?? {}) as { name?: unknown };
  return typeof name === 'string' ? name.trim() : undefined;
}
