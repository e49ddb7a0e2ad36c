import type { z } from 'zod';
import { nearest } from '../list-query/nearest.js';

/** What a type of JSON is called by people who write fixtures. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

type Issue = z.core.$ZodRawIssue;

/** A problem of a fixture's shape in plain words, as the end of a sentence that begins with its path. */
export function fixtureMessage(issue: Issue): string | undefined {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, knownKeys(issue))).join('\n');
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${typeNames[issue.expected] ?? issue.expected}`;
  return issue.code === 'invalid_value' ? oneOf(issue.values.map(String), issue.input) : undefined;
}

/** One line for each unknown key, in the order of the keys. */
function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return `is an unknown key; ${meant === undefined ? `known are ${known.join(', ')}` : `did you mean "${meant}"?`}`;
}

const knownKeys = ({ inst }: Issue): string[] => Object.keys((inst as z.ZodObject | undefined)?.shape ?? {});

function oneOf(values: readonly string[], given: unknown): string {
  const meant = typeof given === 'string' ? nearest(given, values) : undefined;
  const what = typeof given === 'string' ? `, not "${given.slice(0, 40)}"` : '';
  return `must be ${values.map((value) => `"${value}"`).join(' or ')}${what}${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}
