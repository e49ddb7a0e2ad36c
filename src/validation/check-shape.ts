import 'reflect-metadata';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { nearest } from '../list-query/nearest.js';
import type { Problem } from '../errors/app-error.js';
import { limits } from '../config/limits.js';

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
  const dto = plainToInstance(Dto, value);
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, stopAtFirstError: true });
  const problems = errors.flatMap((error) => problemsOf(error, path, known(Dto))).slice(0, limits.problemsPerAnswer);
  return problems.length === 0 ? { dto } : { problems: problems as [Problem, ...Problem[]] };
}

function problemsOf(error: ValidationError, parent: string, names: readonly string[]): Problem[] {
  const name = /^\d+$/.test(error.property) ? `[${error.property}]` : error.property;
  const field = name.startsWith('[') || parent === '' ? `${parent}${name}` : `${parent}.${name}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]): Problem => {
    if (rule !== 'whitelistValidation') return { reason: 'ValidationError', message, field };
    const shown = error.property.slice(0, 40);
    const meant = nearest(error.property, names);
    return {
      reason: 'ValidationError',
      message: `Unknown member "${shown}".`,
      help: meant === undefined ? `Known members: ${names.join(', ')}.` : `Did you mean "${meant}"?`,
      field,
    };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field, []))];
}

/** The members that a DTO declares, for hints. */
function known(Dto: ClassConstructor<object>): string[] {
  const properties = Reflect.getMetadata('swagger/apiModelPropertiesArray', Dto.prototype) as string[] | undefined;
  return (properties ?? []).map((name) => name.replace(/^:/, ''));
}
