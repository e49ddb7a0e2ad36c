import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { invalid } from '../errors/app-error.js';
import { canonicalUuid } from '../list-query/uuid.js';

/** A query parameter's id in canonical form, where there is one. */
@Injectable()
export class OptionalIdPipe implements PipeTransform<unknown, string | undefined> {
  transform(value: unknown, { data = 'id' }: ArgumentMetadata): string | undefined {
    if (value === undefined) return undefined;
    const id = typeof value === 'string' ? canonicalUuid(value) : undefined;
    if (id !== undefined) return id;
    throw invalid({
      reason: 'BadRequest',
      message: `The parameter ${data} must be a UUID, given once.`,
      help: 'A UUID looks like 0190a6b2-7c1e-7000-8000-000000000000.',
      field: data,
    });
  }
}
