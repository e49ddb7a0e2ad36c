import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { canonicalUuid } from '../list-query/uuid.js';
import { invalid } from '../errors/app-error.js';

/** A path's id in canonical form; a malformed one is 400 (`contract.md` section 1). */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    const id = canonicalUuid(value);
    if (id !== undefined) return id;
    throw invalid({
      reason: 'BadRequest',
      message: 'The id in the address is not a UUID.',
      help: 'A UUID looks like 0190a6b2-7c1e-7000-8000-000000000000.',
      field: data ?? 'id',
    });
  }
}
