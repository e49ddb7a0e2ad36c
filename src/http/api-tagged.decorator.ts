import { applyDecorators, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { ApiNormal } from './api-answers.decorator.js';

const text = (description: string, example: string) => ({ description, schema: { type: 'string' as const, example } });
const tag = 'W/"Q0Xc4cBTQ6kVb0o8mZ1y2A"';
const headers = {
  etag: text('Names the state of what is answered, for If-None-Match.', tag),
  'cache-control': text('private, no-cache: to be kept for this user alone, and asked about each time.', 'private, no-cache'),
};

/** One thing in the NORMAL envelope, with the tag of its state; 304 to who has that state. */
export const ApiTagged = (resource: Type, description: string): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      // As long as the whole head may be, which no schema of one header can say.
      schema: { type: 'string' },
      description:
        'Tags of states that you have, or `*`: when the present one is among them, 304 is answered. For example ' + `\`${tag}\`.`,
    }),
    ApiNormal(resource, description, 200, {}, headers),
    ApiResponse({ status: 304, description: 'You have it as it is. The answer has no body.', headers }),
  );
