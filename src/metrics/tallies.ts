import { Tally } from './tally.js';

/**
 * What happens where no class is that could be handed a counter. Counted whether or not anybody scrapes: a count costs some tens of
 * nanoseconds.
 */

/** Work on the database that was done again, by why. */
export const retries = new Tally();

/** Errors of the database that a statement ended with, by their kind; a retry may have mended them. */
export const databaseErrors = new Tally();

/** Requests that were answered without being tried, by why. */
export const refusals = new Tally();

/** Definitions that were checked: `valid`, or the code of their first error. */
export const verdicts = new Tally();

/** Callers looked up with their roles, and columns of models: `hit` and `miss`. */
export const caches = { roles: new Tally(), model_columns: new Tally() } as const;

/** Lines of the log that found no room. */
export const lostLogLines = new Tally();
