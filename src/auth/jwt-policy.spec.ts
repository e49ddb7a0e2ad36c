import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { SigningKey } from '../config/jwt-keys.js';
import { limits } from '../config/limits.js';
import { clockLeeway, keyFor, subjectOf } from './jwt-policy.js';

const key = (kid: string | undefined, algorithm: SigningKey['algorithm'] = 'HS256'): SigningKey => {
  const secret = createSecretKey(Buffer.from('Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga3'));
  return { kid, algorithm, verify: secret, sign: secret };
};
const [nameless, rsa, one, two] = [key(undefined), key(undefined, 'RS256'), key('one'), key('two')];

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
/** No signature is looked at here: the key for it is what is asked for. */
const token = (header: unknown, payload: unknown = { sub: 'x' }) => `${part(header)}.${part(payload)}.c2lnbmF0dXJl`;
const hs256 = { alg: 'HS256', typ: 'JWT' };

describe('keyFor: the key that a token is to be checked with', () => {
  test.each<[string, string, SigningKey[], SigningKey]>([
    ['the only key', token(hs256), [nameless], nameless],
    ['a name-less token takes the only key, whatever its name', token(hs256), [one], one],
    ['J23 the first of two by kid', token({ ...hs256, kid: 'one' }), [one, two], one],
    ['J23 the second of two by kid', token({ ...hs256, kid: 'two' }), [one, two], two],
    ['the one without a name among others', token(hs256), [one, nameless], nameless],
    ['by algorithm', token({ alg: 'RS256' }), [nameless, rsa], rsa],
    ['no typ', token({ alg: 'HS256' }), [nameless], nameless],
    ['J12 typ at+jwt', token({ ...hs256, typ: 'at+JWT' }), [nameless], nameless],
    ['J12 typ application/at+jwt', token({ ...hs256, typ: 'application/at+jwt' }), [nameless], nameless],
    ...['cty', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'jwk'].map((member): [string, string, SigningKey[], SigningKey] => [
      `J14 ${member} is passed over`,
      token({ ...hs256, [member]: 'https://evil.test' }),
      [nameless],
      nameless,
    ]),
  ])('%s', (_, text, keys, wanted) => {
    expect(keyFor(text, keys)).toBe(wanted);
  });

  test.each<[string, string, SigningKey[]]>([
    ['J02 alg none', token({ alg: 'none' }), [nameless]],
    ['J02 an empty signature', token(hs256).replace(/[^.]+$/, ''), [nameless]],
    ['J03 HS256 where the key is for RS256', token(hs256), [rsa]],
    ['J04 HS512', token({ alg: 'HS512' }), [nameless]],
    ['no alg', token({ typ: 'JWT' }), [nameless]],
    ['J12 typ of another kind', token({ ...hs256, typ: 'refresh+jwt' }), [nameless]],
    ['J12 typ no text', token({ ...hs256, typ: ['refresh'] }), [nameless]],
    ['J13 kid unknown', token({ ...hs256, kid: '../../dev/null' }), [one, two]],
    ['J13 kid unknown to a key without a name', token({ ...hs256, kid: 'one' }), [nameless]],
    ['J13 kid of another algorithm', token({ alg: 'RS256', kid: 'one' }), [one]],
    ['J13 kid null', token({ ...hs256, kid: null }), [nameless]],
    ['no kid, and two named keys', token(hs256), [one, two]],
    ['J15 crit', token({ ...hs256, crit: ['x'] }), [nameless]],
    ['J15 b64', token({ ...hs256, b64: false }), [nameless]],
    ['a header member of no standard', token({ ...hs256, x: 1 }), [nameless]],
    ['J16 payload a text', token(hs256, '"hello"'), [nameless]],
    ['J16 payload a list', token(hs256, []), [nameless]],
    ['J16 payload null', token(hs256, 'null'), [nameless]],
    ['J16 payload no JSON', token(hs256, '{'), [nameless]],
    ['header a list', token([]), [nameless]],
    ['header null', token('null'), [nameless]],
    ['header no JSON', token('{'), [nameless]],
    ['J19 a blank behind it', `${token(hs256)} `, [nameless]],
    ['J19 padding', `${token(hs256)}=`, [nameless]],
    ['a blank before it', ` ${token(hs256)}`, [nameless]],
    ['a line break behind it', `${token(hs256)}\n`, [nameless]],
    ['two parts', `${part(hs256)}.${part({})}`, [nameless]],
    ['four parts', `${token(hs256)}.x`, [nameless]],
    ['four parts, the first one more', `x.${token(hs256)}`, [nameless]],
    ['an empty header', `.${part({})}.x`, [nameless]],
    ['an empty payload', `${part(hs256)}..x`, [nameless]],
    ['no keys', token(hs256), []],
  ])('%s: none', (_, text, keys) => {
    expect(keyFor(text, keys)).toBeUndefined();
  });

  test.each<[number, SigningKey | undefined]>([
    [limits.token, nameless],
    [limits.token + 1, undefined],
  ])('J17 %d bytes', (length, wanted) => {
    const short = token(hs256);
    expect(keyFor(short + 'x'.repeat(length - short.length), [nameless])).toBe(wanted);
  });
});

const id = '0c1d0000-0000-4000-8000-0000000000a1';
const now = 1_800_000_000;
const claims = { sub: id, iat: now, exp: now + 60 };

describe('subjectOf: the user whom verified claims name', () => {
  test.each<[string, unknown]>([
    ['plain', claims],
    ['no iat', { sub: id, exp: now + 60 }],
    ['iat within the leeway', { ...claims, iat: now + clockLeeway }],
    ['an access token', { ...claims, token_use: 'access' }],
    ['in upper case', { ...claims, sub: id.toUpperCase() }],
    ['without dashes', { ...claims, sub: id.replaceAll('-', '') }],
  ])('%s', (_, payload) => {
    expect(subjectOf(payload, now)).toBe(id);
  });

  test.each<[string, unknown]>([
    ['J05 no exp', { sub: id, iat: now }],
    ['J08 iat ahead of the leeway', { ...claims, iat: now + clockLeeway + 1 }],
    ['J08 iat a text', { ...claims, iat: String(now) }],
    ['J08 iat null', { ...claims, iat: null }],
    ['J09 exp a text', { ...claims, exp: String(now + 60) }],
    ['J09 exp null', { ...claims, exp: null }],
    ['J09 exp without end', { ...claims, exp: Number.POSITIVE_INFINITY }],
    ['J10 no sub', { iat: now, exp: now + 60 }],
    ['J10 sub an object', { ...claims, sub: { id } }],
    ['J10 sub a list', { ...claims, sub: [id] }],
    ['J10 sub a number', { ...claims, sub: 1 }],
    ['J10 sub empty', { ...claims, sub: '' }],
    ['J10 sub an email', { ...claims, sub: 'ada@acme.test' }],
    ['J10 sub with SQL behind it', { ...claims, sub: `${id}' OR '1'='1` }],
    ['J12 an ID token', { ...claims, token_use: 'id' }],
    ['J12 token_use null', { ...claims, token_use: null }],
    ['J16 a text', 'hello'],
    ['J16 null', null],
    ['J16 nothing', undefined],
  ])('%s: nobody', (_, payload) => {
    expect(subjectOf(payload, now)).toBeUndefined();
  });
});
