import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { UserCompact } from '../user/user.resource.js';
import { kindForm } from './reference-address.js';
import type { ReferenceRecord } from './reference.repository.js';

/** A reference as the wire shows it (`contract.md` section 7). Nothing is null. */
export class ReferenceResource {
  @ApiProperty({ pattern: kindForm.source, example: 'alert', description: 'What sort of thing uses the segment.' })
  kind!: string;

  @ApiProperty({ minLength: 1, maxLength: limits.referenceKey, example: '42', description: 'Which one, in the words of its system.' })
  key!: string;

  @ApiProperty({ maxLength: limits.referenceName, example: 'Churn above 5 %', description: 'What people call it; may be empty.' })
  name!: string;

  @ApiProperty({ maxLength: limits.referenceUrl, example: 'https://alerts.acme.test/42', description: 'Where it is; may be empty.' })
  url!: string;

  @ApiProperty({ format: 'date-time', example: '2025-08-13T01:56:31.447Z', description: 'When it was first put, UTC.' })
  created_at!: string;

  @ApiProperty({ type: UserCompact, description: 'Who first put it.' })
  created_by!: UserCompact;
}

export const toReferenceResource = ({ kind, key, name, url, createdAt, createdBy }: ReferenceRecord): ReferenceResource => ({
  kind,
  key,
  name,
  url,
  created_at: createdAt,
  created_by: createdBy,
});
