import { createPrivateKey, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A key that tokens may be signed with. `kid` undefined: the key for tokens that name none. */
export interface SigningKey {
  readonly kid: string | undefined;
  readonly algorithm: 'HS256' | 'RS256' | 'ES256';
  readonly verify: KeyObject;
  /** Present when this process may also issue tokens with it. */
  readonly sign: KeyObject | undefined;
}

const leastSecretBytes = 32;

/**
 * Keys of a JWK set (RFC 7517). The first one that can sign signs; all verify, chosen by `kid`, which is how keys are rotated.
 * @throws RangeError when the set has no usable key, a key has no `kid`, or two share one
 */
export function readKeySet(text: string): SigningKey[] {
  const { keys } = JSON.parse(text) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new RangeError('must hold a JWK set with at least one key');
  const read = keys.map((jwk) => readKey(jwk as JsonWebKey & { kid?: unknown }));
  if (new Set(read.map((key) => key.kid)).size < read.length) throw new RangeError('must not give one kid to two keys');
  return read;
}

function readKey(jwk: JsonWebKey & { kid?: unknown }): SigningKey {
  if (typeof jwk.kid !== 'string' || jwk.kid === '') throw new RangeError('must give each key a kid');
  if (jwk.kty === 'oct') {
    const bytes = Buffer.from(String(jwk.k), 'base64url');
    if (bytes.length < leastSecretBytes) throw new RangeError(`must have secrets of at least ${leastSecretBytes} bytes`);
    const key = createSecretKey(bytes);
    return { kid: jwk.kid, algorithm: 'HS256', verify: key, sign: key };
  }
  const algorithm = jwk.kty === 'EC' ? 'ES256' : 'RS256';
  const source = { key: jwk, format: 'jwk' } as const;
  return { kid: jwk.kid, algorithm, verify: createPublicKey(source), sign: jwk.d === undefined ? undefined : createPrivateKey(source) };
}
