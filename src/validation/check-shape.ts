import 'reflect-metadata';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { nearest } from '../list-query/nearest.js';
import type { Problem } from '../errors/app-error.js';
import { limits } from '../config/limits.js';

/** A DTO class may leave nested members to a checker of their own; its problems are told together with those of the decorators. */
interface NestedCheck {
  nestedProblems?(value: object): readonly Problem[];
}

/** The value as its DTO class, or what is wrong with it, one problem per thing, each with its path. */
export function checkShape<T extends object>(
  Dto: ClassConstructor<T>,
  value: unknown,
  path = '',
): { dto: T } | { problems: [Problem, ...Problem[]] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = value === undefined ? 'The body is missing.' : 'The body must be a JSON object.';
    return {
      problems: [
        { reason: 'ValidationError', message: what, help: 'Send a JSON object with Content-Type: application/json.', field: path },
      ],
    };
  }
  const names = known(Dto);
  const unknown = Object.keys(value).filter((member) => !names.includes(member));
  const dto = instanceOf(
    Dto,
    Object.entries(value).filter(([member]) => names.includes(member)),
  );
  const problems = [
    ...unknown.map((member) => unknownMember(member, path, names)),
    ...validateSync(dto, { forbidUnknownValues: true, stopAtFirstError: true }).flatMap((error) => problemsOf(error, path)),
    ...((Dto as NestedCheck).nestedProblems?.(value) ?? []),
  ].slice(0, limits.problemsPerAnswer);
  return problems.length === 0 ? { dto } : { problems: problems as [Problem, ...Problem[]] };
}

/**
 * The members as an instance of the class. Nested values are handed on as they are: class-transformer would copy a thousand rows,
 * and take whatever stands in a member named "constructor", at any depth, for a class to make an instance of.
 */
function instanceOf<T extends object>(Dto: ClassConstructor<T>, members: readonly [string, unknown][]): T {
  const isNested = ([, value]: readonly [string, unknown]) => typeof value === 'object' && value !== null;
  const plain = Object.fromEntries(members.filter((member) => !isNested(member)));
  return Object.assign(plainToInstance(Dto, plain), Object.fromEntries(members.filter(isNested)));
}

function unknownMember(member: string, path: string, names: readonly string[]): Problem {
  const shown = member.slice(0, 40);
  const meant = nearest(member, names);
  return {
    reason: 'ValidationError',
    message: `Unknown member "${shown}".`,
    help: meant === undefined ? `Known members: ${names.join(', ')}.` : `Did you mean "${meant}"?`,
    field: path === '' ? shown : `${path}.${shown}`,
  };
}

function problemsOf(error: ValidationError, parent: string): Problem[] {
  const name = /^\d+$/.test(error.property) ? `[${error.property}]` : error.property;
  const field = name.startsWith('[') || parent === '' ? `${parent}${name}` : `${parent}.${name}`;
  const own = Object.values(error.constraints ?? {}).map((message): Problem => ({ reason: 'ValidationError', message, field }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))];
}

/** The members that a DTO declares: each has an `@ApiProperty`. */
function known(Dto: ClassConstructor<object>): string[] {
  const properties = Reflect.getMetadata('swagger/apiModelPropertiesArray', Dto.prototype) as string[] | undefined;
  return (properties ?? []).map((name) => name.replace(/^:/, ''));
}
