import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalid } from '../errors/app-error.js';
import { nearest } from '../list-query/nearest.js';
import { quote } from '../list-query/quote.js';

/** The query of a route that is no list: each name in `known` at most once, nothing else. */
export const QueryParams = createParamDecorator((known: readonly string[] = [], context: ExecutionContext): Record<string, string> => {
  const query = context.switchToHttp().getRequest<FastifyRequest>().query as Record<string, unknown>;
  const problems = Object.entries(query).flatMap(([name, value]) => {
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      const help =
        meant === undefined ? (known.length === 0 ? 'This route takes none.' : `Known: ${known.join(', ')}.`) : `Did you mean "${meant}"?`;
      return [{ reason: 'BadRequest', message: `Unknown query parameter ${quote(name)}.`, help, field: name }];
    }
    return typeof value === 'string'
      ? []
      : [{ reason: 'BadRequest', message: `The parameter ${name} is given more than once.`, help: '', field: name }];
  });
  const [first, ...others] = problems;
  if (first !== undefined) throw invalid(first, ...others);
  return query as Record<string, string>;
});
