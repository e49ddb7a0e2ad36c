import { unauthorized, type AppError } from '../errors/app-error.js';

/** What passport-jwt says when its reader found no token. */
const noToken = 'No auth token';

/**
 * What the owner of a token is told: as much as they need to mend it, and never which check failed.
 * @param info what passport was told by the strategy: why there is no caller
 */
export function refusalOf(info: unknown): AppError {
  const { name, message } = info instanceof Error ? info : { name: '', message: '' };
  if (message === noToken) return unauthorized('A bearer token is required.', 'Send the header Authorization: Bearer <token>.');
  if (name === 'TokenExpiredError') return unauthorized('The token has expired.', 'Ask for a new one.');
  return unauthorized('The token is not valid.', 'Check that it is whole, and that this service is the one it was issued for.');
}
