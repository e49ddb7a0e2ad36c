import type { Env } from '../config/env.js';
import type { SigningKey } from '../config/jwt-keys.js';
import { canonicalUuid } from '../list-query/uuid.js';
import { limits } from '../config/limits.js';

/** Seconds that clocks may differ (`contract.md` section 8). */
export const clockLeeway = 5;

const headerMembers: ReadonlySet<string> = new Set(['alg', 'typ', 'kid', 'cty', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'jwk']);
const accessTypes: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/**
 * The key for a token, by its header, or undefined when the header is not one of ours: `alg` must be the key's own, `kid` one of
 * the configured keys (a token that names none takes the key without one, or the only key), no `crit` and no `b64`. `jku`, `x5u` and `jwk` are never followed (RFC 8725, `reliability.md` a.3).
 */
export function keyFor(token: string, keys: Env['jwt']['keys']): SigningKey | undefined {
  if (Buffer.byteLength(token) > limits.token) return undefined;
  if (!compact.test(token)) return undefined;
  const [header, payload] = token.split('.').map(objectOf);
  // The library reads claims of whatever the payload is.
  if (header === undefined || payload === undefined || Object.keys(header).some((member) => !headerMembers.has(member))) return undefined;
  const { alg, kid, typ } = header;
  if (typ !== undefined && !accessTypes.has(String(typ).toLowerCase())) return undefined;
  return keys.find((key) => key.algorithm === alg && (key.kid === kid || (kid === undefined && keys.length === 1)));
}

/** Strict base64url: three parts, nothing around them. */
const compact = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

function objectOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The user's id of a payload whose signature, `exp`, `nbf`, `iss` and `aud` were verified, or undefined when the claims that the
 * library does not ask for are missing or odd.
 * @param now seconds since 1970
 */
export function subjectOf(payload: unknown, now: number): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { sub, exp, iat, token_use: use } = payload as Record<string, unknown>;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return undefined;
  if (iat !== undefined && (typeof iat !== 'number' || iat > now + clockLeeway)) return undefined;
  if (use !== undefined && use !== 'access') return undefined;
  return typeof sub === 'string' ? canonicalUuid(sub) : undefined;
}
