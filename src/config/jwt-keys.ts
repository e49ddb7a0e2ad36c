import { createPrivateKey, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { weakSecret } from './weak-secret.js';

/** A key that tokens may be signed with. `kid` undefined: the key for tokens that name none. */
export interface SigningKey {
  readonly kid: string | undefined;
  readonly algorithm: 'HS256' | 'RS256' | 'ES256';
  readonly verify: KeyObject;
  /** Present when this process may also issue tokens with it. */
  readonly sign: KeyObject | undefined;
}

/** RFC 7518 section 3.3. */
const leastModulusBits = 2_048;

/**
 * An HS256 key.
 * @throws RangeError when the secret is weak
 */
export const secretKey = (secret: string): SigningKey => symmetric(Buffer.from(secret, 'utf8'), undefined);

/**
 * A PEM public key; line breaks may be written as `\n`, as environment files do.
 * @throws RangeError when it is a private key or of a kind that no accepted algorithm uses
 */
export function publicKey(pem: string): SigningKey {
  const text = pem.replaceAll('\\n', '\n');
  if (text.includes('PRIVATE KEY'))
    throw new RangeError('holds a private key; give the public one, which is all that checking tokens takes');
  const verify = createPublicKey(text);
  return { kid: undefined, algorithm: algorithmOf(verify), verify, sign: undefined };
}

/**
 * Keys of a JWK set (RFC 7517). The first one that can sign signs; all verify, chosen by `kid`, which is how keys are rotated.
 * @throws RangeError when the set has no usable key, a key is weak or has no `kid`, or two share one
 */
export function readKeySet(text: string): SigningKey[] {
  const { keys } = JSON.parse(text) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new RangeError('must hold a JWK set with at least one key');
  const read = keys.map((jwk) => readKey(jwk as Jwk));
  if (new Set(read.map((key) => key.kid)).size < read.length) throw new RangeError('must not give one kid to two keys');
  return read;
}

type Jwk = JsonWebKey & { kid?: unknown; alg?: unknown; use?: unknown };

function readKey(jwk: Jwk): SigningKey {
  if (typeof jwk.kid !== 'string' || jwk.kid === '') throw new RangeError('must give each key a kid');
  if (jwk.use !== undefined && jwk.use !== 'sig') throw new RangeError('must hold keys for signatures only (use: sig)');
  const key = jwk.kty === 'oct' ? symmetric(Buffer.from(String(jwk.k), 'base64url'), jwk.kid) : asymmetric(jwk, jwk.kid);
  if (jwk.alg !== undefined && jwk.alg !== key.algorithm)
    throw new RangeError('must hold keys for HS256, RS256 or ES256, each for what its alg says');
  return key;
}

function symmetric(bytes: Buffer, kid: string | undefined): SigningKey {
  const weakness = weakSecret(bytes);
  if (weakness !== undefined) throw new RangeError(weakness);
  const key = createSecretKey(bytes);
  return { kid, algorithm: 'HS256', verify: key, sign: key };
}

function asymmetric(jwk: Jwk, kid: string): SigningKey {
  const source = { key: jwk as JsonWebKey, format: 'jwk' } as const;
  const verify = createPublicKey(source);
  return { kid, algorithm: algorithmOf(verify), verify, sign: jwk.d === undefined ? undefined : createPrivateKey(source) };
}

/** The one algorithm that a public key is for (RFC 8725 section 3.1). */
function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): 'RS256' | 'ES256' {
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  if (asymmetricKeyType !== 'rsa') throw new RangeError('must be an RSA key (RS256) or one on the curve P-256 (ES256)');
  if (Number(asymmetricKeyDetails?.modulusLength) >= leastModulusBits) return 'RS256';
  throw new RangeError(`must have at least ${leastModulusBits} bits`);
}
