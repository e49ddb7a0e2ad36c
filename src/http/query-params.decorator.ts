import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { refuseAny, type Problem } from '../errors/app-error.js';
import { nearest } from '../list-query/nearest.js';
import { quote } from '../list-query/quote.js';

/** What a parameter that must be given looks like. */
export interface ParamForm {
  readonly pattern: RegExp;
  readonly example: string;
}

/** The query of a route that is no list: each name in `known` at most once, nothing else. Of a table of forms each name must be there. */
export const QueryParams = createParamDecorator(
  (known: readonly string[] | Readonly<Record<string, ParamForm>> = [], context: ExecutionContext): Record<string, string> => {
    const query = context.switchToHttp().getRequest<FastifyRequest>().query as Record<string, unknown>;
    const [names, forms] = isNames(known) ? [known, {}] : [Object.keys(known), known];
    refuseAny('invalid', [
      ...Object.entries(query).flatMap(([name, value]) => misuse(name, value, names)),
      ...Object.entries(forms).flatMap(([name, form]) => malformed(name, query[name], form)),
    ]);
    return query as Record<string, string>;
  },
);

const isNames = (known: readonly string[] | object): known is readonly string[] => Array.isArray(known);

function misuse(name: string, value: unknown, known: readonly string[]): Problem[] {
  if (!known.includes(name)) {
    const meant = nearest(name, known);
    const help =
      meant === undefined ? (known.length === 0 ? 'This route takes none.' : `Known: ${known.join(', ')}.`) : `Did you mean "${meant}"?`;
    return [{ reason: 'BadRequest', message: `Unknown query parameter ${quote(name)}.`, help, field: name }];
  }
  return typeof value === 'string'
    ? []
    : [{ reason: 'BadRequest', message: `The parameter ${name} is given more than once.`, help: '', field: name }];
}

function malformed(name: string, value: unknown, { pattern, example }: ParamForm): Problem[] {
  if (value !== undefined && (typeof value !== 'string' || pattern.test(value))) return [];
  const trouble = value === undefined ? 'is missing' : `is malformed: ${quote(value)}`;
  return [{ reason: 'BadRequest', message: `The parameter ${name} ${trouble}.`, help: `It looks like ${example}.`, field: name }];
}
