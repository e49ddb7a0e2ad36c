import { applyDecorators, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { ApiNormal } from './api-answers.decorator.js';

const text = (description: string) => ({ description, schema: { type: 'string' as const } });
const headers = {
  etag: text('Names the state of what is answered, for If-None-Match.'),
  'cache-control': text('private, no-cache: to be kept for this user alone, and asked about each time.'),
};

/** One thing in the NORMAL envelope, with the tag of its state; 304 to who has that state. */
export const ApiTagged = (resource: Type, description: string): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      schema: { type: 'string' },
      description: 'Tags of states that you have, or `*`: when the present one is among them, 304 is answered.',
    }),
    ApiNormal(resource, description, 200, {}, headers),
    ApiResponse({ status: 304, description: 'You have it as it is. The answer has no body.', headers }),
  );
