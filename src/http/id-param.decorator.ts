import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalid } from '../errors/app-error.js';
import { canonicalUuid } from '../list-query/uuid.js';

/**
 * A path's id in canonical form; a malformed one is 400 (`contract.md` section 1). No pipe: for a parameter that
 * has one Nest makes promises on each request, and waits for them.
 */
export const IdParam = createParamDecorator((name: string, context: ExecutionContext): string => {
  const id = canonicalUuid(context.switchToHttp().getRequest<FastifyRequest<{ Params: Record<string, string> }>>().params[name] ?? '');
  if (id !== undefined) return id;
  throw invalid({
    reason: 'BadRequest',
    message: 'The id in the address is not a UUID.',
    help: 'A UUID looks like 0190a6b2-7c1e-7000-8000-000000000000.',
    field: name,
  });
});
