import { nearest } from '../list-query/nearest.js';

/** How to mend an address that no user of the organization has. */
export function unknownUser(email: string | undefined, users: ReadonlyMap<string, unknown>): { help: string } {
  const meant = nearest(String(email), users.keys());
  return { help: meant === undefined ? 'Name them among the users of the organization.' : `Did you mean ${meant}?` };
}
