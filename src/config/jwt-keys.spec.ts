import { createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { publicKey, readKeySet, secretKey } from './jwt-keys.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1_024 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ed25519 = generateKeyPairSync('ed25519');

const pem = (key: KeyObject) => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }) as string;
const jwk = (key: KeyObject, more: object = {}) => ({ kid: 'one', ...key.export({ format: 'jwk' }), ...more });
const oct = (bytes: number, more: object = {}) => ({
  kid: 'one',
  kty: 'oct',
  k: Buffer.alloc(bytes, 'q7ZrT2x9').toString('base64url'),
  ...more,
});
const set = (...keys: unknown[]) => JSON.stringify({ keys });

describe('publicKey', () => {
  test.each<[string, string, 'RS256' | 'ES256']>([
    ['RSA', pem(rsa.publicKey), 'RS256'],
    ['P-256', pem(p256.publicKey), 'ES256'],
    ['line breaks written as \\n', pem(rsa.publicKey).replaceAll('\n', '\\n'), 'RS256'],
  ])('%s: checks tokens and signs none', (_, text, algorithm) => {
    const key = publicKey(text);
    expect(key).toMatchObject({ kid: undefined, algorithm, sign: undefined });
    expect(key.verify.type).toBe('public');
  });

  test.each<[string, string, RegExp]>([
    ['a private key', pem(rsa.privateKey), /holds a private key/],
    ['a short RSA key', pem(shortRsa.publicKey), /at least 2048 bits/],
    ['another curve', pem(p384.publicKey), /P-256/],
    ['another kind', pem(ed25519.publicKey), /must be an RSA key/],
    ['no PEM', 'hunter2', /./],
  ])('refuses %s', (_, text, says) => {
    expect(() => publicKey(text)).toThrow(says);
  });
});

describe('readKeySet', () => {
  test('each kind of key, in order; those with a private part also sign', () => {
    const keys = readKeySet(
      set(jwk(rsa.privateKey, { kid: 'a', alg: 'RS256', use: 'sig' }), jwk(p256.publicKey, { kid: 'b' }), oct(32, { kid: 'c' })),
    );
    expect(keys.map(({ kid, algorithm, sign }) => [kid, algorithm, sign !== undefined])).toEqual([
      ['a', 'RS256', true],
      ['b', 'ES256', false],
      ['c', 'HS256', true],
    ]);
    const signature = createSign('sha256').update('text').sign(keys[0]!.sign!);
    expect(createVerify('sha256').update('text').verify(keys[0]!.verify, signature)).toBe(true);
    expect(keys[0]!.verify.type).toBe('public');
  });

  test.each<[string, string, RegExp]>([
    ['no set', '[]', /at least one key/],
    ['an empty set', set(), /at least one key/],
    ['no JSON', 'hunter2', /./],
    ['no kid', set(jwk(rsa.publicKey, { kid: undefined })), /each key a kid/],
    ['an empty kid', set(oct(32, { kid: '' })), /each key a kid/],
    ['one kid twice', set(oct(32), jwk(rsa.publicKey)), /one kid to two keys/],
    ['a short secret', set(oct(31)), /a secret of at least 32 bytes/],
    ['a secret of one byte', set(oct(32, { k: Buffer.alloc(32).toString('base64url') })), /repeated pattern/],
    ['a short RSA key', set(jwk(shortRsa.publicKey)), /at least 2048 bits/],
    ['another curve', set(jwk(p384.publicKey)), /P-256/],
    ['another kind', set(jwk(ed25519.publicKey)), /must be an RSA key/],
    ['another algorithm', set(jwk(rsa.publicKey, { alg: 'RS512' })), /HS256, RS256 or ES256/],
    ['a public key called a secret', set(jwk(rsa.publicKey, { alg: 'HS256' })), /for what its alg says/],
    ['a key for encryption', set(jwk(rsa.publicKey, { use: 'enc' })), /signatures only/],
  ])('refuses %s', (_, text, says) => {
    expect(() => readKeySet(text)).toThrow(says);
  });
});

test('secretKey counts bytes, not characters', () => {
  expect(secretKey('éèàç0123'.repeat(3))).toMatchObject({ kid: undefined, algorithm: 'HS256' });
  expect(() => secretKey('x'.repeat(31))).toThrow(/at least 32 bytes/);
  expect(() => secretKey('x'.repeat(32))).toThrow(/repeated pattern/);
});
