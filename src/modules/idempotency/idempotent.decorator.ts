import { createHash } from 'node:crypto';
import { applyDecorators, createParamDecorator, UseInterceptors, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { limits } from '../../config/limits.js';
import { invalid } from '../../errors/app-error.js';
import { canonicalUuid } from '../../list-query/uuid.js';
import { canonicalJson } from './canonical-json.js';
import { ReplayInterceptor } from './replay.interceptor.js';

/** A request that its sender may repeat. */
export interface KeyedRequest {
  readonly key: string;
  /** Equal for requests that ask for the same. */
  readonly hash: string;
}

const header = 'idempotency-key';
const form = new RegExp(`^[\\x20-\\x7e]{1,${limits.idempotencyKey}}$`);

/** The request as far as `Idempotency-Key` is concerned; undefined without that header. */
export const OnceOnly = createParamDecorator((_: unknown, context: ExecutionContext): KeyedRequest | undefined => {
  const { headers, method, routeOptions, params, body } = context.switchToHttp().getRequest<FastifyRequest>();
  const key = headers[header];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !form.test(key))
    throw invalid({
      reason: 'BadRequest',
      message: `The header Idempotency-Key must be 1 to ${limits.idempotencyKey} printable ASCII characters.`,
      help: 'A random UUID for each thing to be created will do.',
      field: 'Idempotency-Key',
    });
  const ids = Object.entries(params as Readonly<Record<string, string>>).map(([name, value]) => [name, canonicalUuid(value) ?? value]);
  const asked = canonicalJson([method, routeOptions.url, Object.fromEntries(ids), body]);
  return { key, hash: createHash('sha256').update(asked).digest('hex') };
});

/** A route whose requests may carry `Idempotency-Key`. Its method takes `@OnceOnly()`. */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    UseInterceptors(ReplayInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Makes a repetition safe: within 24 hours the same request of the same user under the same key creates nothing and gets the ' +
        'first answer again, with the header Idempotency-Replayed. Another request under that key is a 422; one that comes while the ' +
        'first is under way, a 409 with Retry-After. Refused requests are not remembered. For example `7f3ef0a4-6d5b-4f0c-9a55-0f6f5f1d2c11`.',
      schema: { type: 'string', minLength: 1, maxLength: limits.idempotencyKey, pattern: '^[\\x20-\\x7e]*$' },
    }),
  );

/** What a success of such a route may carry. */
export const replayHeader = {
  'idempotency-replayed': {
    description: 'There when the answer was given before: nothing was created now.',
    schema: { type: 'string' as const, enum: ['true'], example: 'true' },
  },
};
