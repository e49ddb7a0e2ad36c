import jwt from 'jsonwebtoken';
import { AppError } from '../errors/app-error.js';
import type { Env } from '../config/env.js';

/**
 * A token for a user's id: `sub`, `iss`, `aud`, `iat`, `exp` (`admin.md`).
 * @param life seconds
 * @throws AppError when this process was given only public keys
 */
export function issueToken(env: Env, userId: string, life: number): string {
  const key = env.jwt.keys.find((one) => one.sign !== undefined);
  if (key?.sign === undefined)
    throw new AppError('invalid', [
      { reason: 'NoSigningKey', message: 'There is no key to sign with: JWT_SECRET, or a private key in JWT_JWKS_FILE, is needed.' },
    ]);
  const { issuer, audience } = env.jwt;
  const options = {
    algorithm: key.algorithm,
    subject: userId,
    issuer,
    audience,
    expiresIn: life,
    ...(key.kid === undefined ? {} : { keyid: key.kid }),
  } as const;
  return jwt.sign({}, key.sign, options);
}
