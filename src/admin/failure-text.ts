import { AppError, type Problem } from '../errors/app-error.js';
import { databaseTrouble } from '../config/database-trouble.js';
import { problemText } from './problem-text.js';

/** What went wrong, for standard error: every problem with its place and how to mend it, or one line of JSON. */
export function failureText(error: unknown, json: boolean): string {
  const problems: readonly Problem[] =
    error instanceof AppError ? error.problems : [{ reason: 'Failed', message: `Failed: ${reasonOf(error)}` }];
  if (json) return `${JSON.stringify({ errors: problems.map(({ extra, ...problem }) => ({ ...problem, ...extra })) })}\n`;
  const count = problems.length > 1 ? `${problems.length} problems; nothing was written.\n` : '';
  return `${problems.map(problemText).join('\n')}\n${count}`;
}

/** One line; a database's own text may quote what it was given. */
const reasonOf = (error: unknown): string =>
  databaseTrouble(error) ?? String((error as Error | null)?.message ?? error).split('\n')[0] ?? 'unknown reason';
