import { canonicalUuid } from '../list-query/uuid.js';

/**
 * The id under `name` in a body or in path parameters, in its canonical form; undefined when it is missing or none. For guards, which
 * come before anything has been checked: what is wrong with an id is for the checks that follow to say.
 */
export function givenId(holder: unknown, name: string): string | undefined {
  const given = (holder as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof given === 'string' ? canonicalUuid(given) : undefined;
}
