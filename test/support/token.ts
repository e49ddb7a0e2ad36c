import jsonwebtoken from 'jsonwebtoken';
import { userByEmail } from './fixtures.js';
import { jwt } from './service.js';

const LIFETIME_S = 3600;

export const now = (): number => Math.floor(Date.now() / 1000);

/** The claims of a token that `npm run admin -- token EMAIL` issues. */
export const claimsOf = (userId: string) => ({ sub: userId, iss: jwt.issuer, aud: jwt.audience, iat: now(), exp: now() + LIFETIME_S });

/** A signed token with these claims; what is `undefined` is left out. `header` and `secret` are for tokens that must be refused. */
export function sign(
  claims: object,
  options: { secret?: string; header?: Record<string, unknown>; algorithm?: jsonwebtoken.Algorithm } = {},
): string {
  // As text, so that the library neither checks nor adds claims.
  return jsonwebtoken.sign(JSON.stringify(claims), options.secret ?? jwt.secret, {
    algorithm: options.algorithm ?? 'HS256',
    header: { alg: options.algorithm ?? 'HS256', typ: 'JWT', ...options.header },
  });
}

const tokens = new Map<string, string>();

/** A good token of a user of the fixture: one for the whole suite, since signing each request anew took a tenth of its time. */
export function tokenOf(email: string): string {
  const token = tokens.get(email) ?? sign(claimsOf(userByEmail(email).id));
  tokens.set(email, token);
  return token;
}
