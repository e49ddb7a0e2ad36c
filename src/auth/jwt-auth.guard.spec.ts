import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import jsonwebtoken, { type Algorithm } from 'jsonwebtoken';
import type { Env } from '../config/env.js';
import { publicKey, readKeySet, secretKey } from '../config/jwt-keys.js';
import { Public } from '../http/public.decorator.js';
import type { Caller } from '../modules/user/caller.js';
import type { UserService } from '../modules/user/user.service.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';

/** The guard with the strategy behind it, real keys and real tokens; only the database is a literal. */
const ada = { id: '0c1d0000-0000-4000-8000-0000000000a1', email: 'ada@acme.test' } as Caller;
const disabled = '0c1d0000-0000-4000-8000-0000000000a6';
const broken = '0c1d0000-0000-4000-8000-0000000000a9';
const fault = new TypeError('a bug of ours');

const secret = 'Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga3';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOf = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string;
const [first, second] = ['K9pXw2mQ7vLt4RzB8nHs5YdJ1cGf6TaE', 'aW3xZ8qN5kV1yP7uM4oC9tE2rB6iL0gS'];
const keySet = JSON.stringify({
  keys: [first, second].map((key, at) => ({ kty: 'oct', kid: `key-${at + 1}`, k: Buffer.from(key!).toString('base64url') })),
});

const now = () => Math.floor(Date.now() / 1_000);
const claims = (changes: object = {}) => ({ sub: ada.id, iss: 'us', aud: 'our-api', iat: now(), exp: now() + 60, ...changes });
const sign = (payload: object, key: string | KeyObject = secret, header: object = {}, algorithm: Algorithm = 'HS256') =>
  jsonwebtoken.sign(JSON.stringify(payload), key, { algorithm, header: { alg: algorithm, ...header } });

class Routes {
  guarded(): void {}
  @Public()
  open(): void {}
}
@Public()
class OpenRoutes {
  any(): void {}
}

const users = {
  asked: [] as unknown[],
  active: new Set([ada.id]),
  caller(id: string): Promise<Caller | undefined> {
    this.asked.push(id);
    return id === broken ? Promise.reject(fault) : Promise.resolve(this.active.has(id) ? ada : undefined);
  },
};

const ours = (): Env['jwt']['keys'] => [secretKey(secret)];

/** Each call builds the service's keys anew, as a start does. */
function guardWith(keys = ours()): JwtAuthGuard {
  const env = { jwt: { keys, issuer: 'us', audience: 'our-api' } } as unknown as Env;
  return new JwtAuthGuard(new Reflector(), new JwtStrategy(env, users as unknown as UserService));
}

/** What the guard makes of a token: the request afterwards. */
async function come(token: string | undefined, guard = guardWith()) {
  const request = { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } } as { user?: Caller; subject?: string };
  await guard.canActivate(contextOf(request, Routes, Routes.prototype.guarded));
  return request;
}

const contextOf = (request: object, controller: unknown, handler: unknown) =>
  ({
    getClass: () => controller,
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
  }) as unknown as ExecutionContext;

describe('let in', () => {
  test.each<[string, () => string, () => Env['jwt']['keys']]>([
    ['a token', () => sign(claims()), ours],
    ['J06 expired within the leeway', () => sign(claims({ exp: now() - 4 })), ours],
    ['J07 not yet valid within the leeway', () => sign(claims({ nbf: now() + 4 })), ours],
    ['J11 one aud of several', () => sign(claims({ aud: ['other', 'our-api'] })), ours],
    ['RS256', () => sign(claims(), rsa.privateKey, {}, 'RS256'), () => [publicKey(pemOf(rsa.privateKey))]],
    ['ES256', () => sign(claims(), p256.privateKey, {}, 'ES256'), () => [publicKey(pemOf(p256.privateKey))]],
    ['J23 the first key', () => sign(claims(), first, { kid: 'key-1' }), () => readKeySet(keySet)],
    ['J23 the second key', () => sign(claims(), second, { kid: 'key-2' }), () => readKeySet(keySet)],
  ])('%s, the first time and again', async (_, token, keys) => {
    const [sent, guard] = [token(), guardWith(keys())];
    for (let time = 1; time <= 2; time++) expect(await come(sent, guard)).toMatchObject({ user: ada, subject: ada.id });
  });

  test('a token is verified once, and remembered then', async () => {
    const env = { jwt: { keys: ours(), issuer: 'us', audience: 'our-api' } } as unknown as Env;
    const strategy = new JwtStrategy(env, users as unknown as UserService);
    const request = { headers: { authorization: `Bearer ${sign(claims())}` } };
    expect([strategy.recall(request), strategy.recall({ headers: {} })]).toEqual([undefined, undefined]);
    await new JwtAuthGuard(new Reflector(), strategy).canActivate(contextOf(request, Routes, Routes.prototype.guarded));
    expect(await strategy.recall(request)).toBe(ada);
  });

  test.each<[string, unknown, unknown]>([
    ['a public route', Routes, Routes.prototype.open],
    ['a route of a public controller', OpenRoutes, OpenRoutes.prototype.any],
  ])('%s, without a token', async (_, controller, handler) => {
    expect(await guardWith().canActivate(contextOf({ headers: {} }, controller, handler))).toBe(true);
  });
});

const notValid = { message: 'The token is not valid.', help: expect.stringMatching(/^Check that it is whole/) };
const claimsMissing = { message: 'The token is not valid.', help: 'It needs the claims sub, a user id, and exp.' };
const expired = { message: 'The token has expired.', help: 'Ask for a new one.' };
const nobody = { message: 'The token belongs to no active user.', help: 'Ask an administrator whether the account was disabled.' };

describe('refused', () => {
  test.each<[string, () => string | undefined, object, () => Env['jwt']['keys']]>([
    ['J01 no token', () => undefined, { message: 'A bearer token is required.' }, ours],
    ['J02 alg none', () => `${sign(claims()).replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString('base64url'))}`, notValid, ours],
    [
      'J03 HS256 with the public key as secret',
      () => sign(claims(), pemOf(rsa.privateKey)),
      notValid,
      () => [publicKey(pemOf(rsa.privateKey))],
    ],
    ['J04 HS512 with the right secret', () => sign(claims(), secret, {}, 'HS512'), notValid, ours],
    ['J05 no exp', () => sign(claims({ exp: undefined })), claimsMissing, ours],
    ['J06 expired', () => sign(claims({ exp: now() - 10 })), expired, ours],
    ['J07 not yet valid', () => sign(claims({ nbf: now() + 60 })), notValid, ours],
    ['J08 iat ahead', () => sign(claims({ iat: now() + 86_400 })), claimsMissing, ours],
    ['J09 exp a text', () => sign(claims({ exp: '9999999999' })), notValid, ours],
    ['J10 sub an email', () => sign(claims({ sub: ada.email })), claimsMissing, ours],
    ['J10 sub of nobody', () => sign(claims({ sub: disabled })), nobody, ours],
    ['J11 wrong aud', () => sign(claims({ aud: 'other' })), notValid, ours],
    ['J11 no aud', () => sign(claims({ aud: undefined })), notValid, ours],
    ['J11 wrong iss', () => sign(claims({ iss: 'other' })), notValid, ours],
    ['J11 no iss', () => sign(claims({ iss: undefined })), notValid, ours],
    ['J12 a refresh token', () => sign(claims({ token_use: 'refresh' })), claimsMissing, ours],
    ['J13 kid unknown', () => sign(claims(), secret, { kid: 'x' }), notValid, ours],
    ['J18 another secret', () => sign(claims(), first), notValid, ours],
    ["J23 one key's secret under the other's name", () => sign(claims(), first, { kid: 'key-2' }), notValid, () => readKeySet(keySet)],
    ['J23 a key that was taken out', () => sign(claims(), first, { kid: 'key-1' }), notValid, () => readKeySet(keySet).slice(1)],
  ])('%s, the first time and again', async (_, token, says, keys) => {
    const [sent, guard] = [token(), guardWith(keys())];
    for (let time = 1; time <= 2; time++)
      await expect(come(sent, guard)).rejects.toMatchObject({ kind: 'unauthorized', problems: [{ reason: 'Unauthorized', ...says }] });
  });

  test('a user who was let in, from the moment on that they are not active', async () => {
    const [token, guard] = [sign(claims()), guardWith()];
    await come(token, guard);
    users.active.delete(ada.id);
    await expect(come(token, guard)).rejects.toMatchObject({ kind: 'unauthorized', problems: [nobody] });
    users.active.add(ada.id);
  });

  test('whom a refused token names is kept for the log, once its signature is good', async () => {
    const request: { headers: object; subject?: string } = { headers: { authorization: `Bearer ${sign(claims({ sub: disabled }))}` } };
    await expect(guardWith().canActivate(contextOf(request, Routes, Routes.prototype.guarded))).rejects.toMatchObject({
      kind: 'unauthorized',
    });
    expect(request.subject).toBe(disabled);
  });

  test('J10 nobody is looked for under what is no id', async () => {
    users.asked.length = 0;
    await expect(come(sign(claims({ sub: { id: ada.id } })))).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(users.asked).toEqual([]);
  });

  test('a fault of ours is no 401', async () => {
    await expect(come(sign(claims({ sub: broken })))).rejects.toBe(fault);
  });
});
