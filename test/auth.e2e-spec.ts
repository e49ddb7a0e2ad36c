import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { apiAt, type Answer } from './support/api.js';
import { engine } from './support/database.js';
import { expectError, expectPaginated } from './support/envelope.js';
import { acme, churnV1, fixtureFile, globex, gus, nobodysId, off, out, vic, wim } from './support/fixtures.js';
import { sendRaw } from './support/raw.js';
import { routeTable } from './support/route-table.js';
import { environment, jwt, runAdmin, startProcess, startService, type Service, type Variables } from './support/service.js';
import { claimsOf, now, sign, tokenOf } from './support/token.js';
import { until } from './support/until.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-auth-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What has nothing to do with the database is tried once, not once for each database. */
const onSqlite = engine === 'sqlite' ? describe : describe.skip;

const claims = (changes: object = {}) => ({ ...claimsOf(wim.id), ...changes });
const authorized = (authorization: string, query = '') =>
  world.api.anonymous.send('GET', '/v3/segments', { headers: { authorization }, query });
const ask = (token: string) => authorized(`Bearer ${token}`);

function expectUnauthorized(answer: Answer): void {
  expectError(answer, 401, 'Unauthorized');
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer\b/);
}

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
/** Three parts of any kind with a right HS256 signature, or with the one given. */
function handMade(header: unknown, payload: unknown, signature?: string): string {
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${signature ?? createHmac('sha256', jwt.secret).update(signed).digest('base64url')}`;
}

describe('the header', () => {
  test.each<[string, () => Promise<Answer>]>([
    ['J01 none', () => world.api.anonymous.get('/v3/segments')],
    ['J01 empty', () => authorized('')],
    ['J01 the scheme alone', () => authorized('Bearer')],
    ['J01 another scheme', () => authorized(`Basic ${Buffer.from('wim:secret').toString('base64')}`)],
    ['J01 a token without a scheme', () => authorized(tokenOf(wim.email))],
    ['J01 two blanks', () => authorized(`Bearer  ${tokenOf(wim.email)}`)],
    ['J01 a word behind the token', () => authorized(`Bearer ${tokenOf(wim.email)} x`)],
    ['J01 two tokens', () => authorized(`Bearer ${tokenOf(wim.email)}, Bearer ${tokenOf(wim.email)}`)],
    ['J01 a token in the query', () => world.api.anonymous.get('/v3/segments', { access_token: tokenOf(wim.email) })],
    ['J01 a token in the query under another name', () => world.api.anonymous.get('/v3/segments', { auth_token: tokenOf(wim.email) })],
    ['J02 two parts', () => ask(tokenOf(wim.email).split('.').slice(0, 2).join('.'))],
    ['J02 four parts', () => ask(`${tokenOf(wim.email)}.x`)],
    ['J02 not base64url', () => ask('a+b/.c.d')],
    ['J02 a word', () => ask('undefined')],
  ])('%s: 401', async (_, send) => {
    expectUnauthorized(await send());
  });

  test.each(['Bearer', 'bearer', 'BEARER'])('J01 the scheme in any case: %s', async (scheme) => {
    expectPaginated(await authorized(`${scheme} ${tokenOf(wim.email)}`));
  });
});

describe('tokens that are refused', () => {
  // Within the five seconds of leeway, with room for a machine that stalls; by the time of the last test here it is old.
  let claimsOfAging: ReturnType<typeof claimsOf>;
  beforeAll(async () => {
    claimsOfAging = claims({ exp: now() - 1 });
    expectPaginated(await ask(sign(claimsOfAging)));
  });

  const cases: Record<string, () => string> = {
    'J02 alg none': () => handMade({ alg: 'none', typ: 'JWT' }, claims(), ''),
    'J02 alg nOnE': () => handMade({ alg: 'nOnE', typ: 'JWT' }, claims(), ''),
    'J02 alg none with a signature': () => handMade({ alg: 'none', typ: 'JWT' }, claims()),
    'J02 no signature': () => handMade({ alg: 'HS256', typ: 'JWT' }, claims(), ''),
    'J04 HS384 with the right secret': () => sign(claims(), { algorithm: 'HS384' }),
    'J04 HS512 with the right secret': () => sign(claims(), { algorithm: 'HS512' }),
    'J05 no exp': () => sign(claims({ exp: undefined })),
    'J06 expired 10 s ago': () => sign(claims({ exp: now() - 10 })),
    'J07 nbf in a minute': () => sign(claims({ nbf: now() + 60 })),
    'J08 iat tomorrow': () => sign(claims({ iat: now() + 86_400 })),
    'J08 iat as text': () => sign(claims({ iat: 'now' })),
    'J09 exp as text': () => sign(claims({ exp: '9999999999' })),
    'J09 exp null': () => sign(claims({ exp: null })),
    'J10 no sub': () => sign(claims({ sub: undefined })),
    'J10 sub an object': () => sign(claims({ sub: { id: wim.id } })),
    'J10 sub a list': () => sign(claims({ sub: [wim.id] })),
    'J10 sub a number': () => sign(claims({ sub: 1 })),
    'J10 sub empty': () => sign(claims({ sub: '' })),
    'J10 sub an email': () => sign(claims({ sub: wim.email })),
    'J10 sub nobody': () => sign(claims({ sub: nobodysId })),
    'J10 sub SQL': () => sign(claims({ sub: `${wim.id}' OR '1'='1` })),
    'J11 wrong aud': () => sign(claims({ aud: 'another-api' })),
    'J11 no aud': () => sign(claims({ aud: undefined })),
    'J11 aud a list without us': () => sign(claims({ aud: ['a', 'b'] })),
    'J11 wrong iss': () => sign(claims({ iss: 'another-issuer' })),
    'J11 no iss': () => sign(claims({ iss: undefined })),
    'J11 iss a list with ours': () => sign(claims({ iss: [jwt.issuer] })),
    'J12 typ of another kind': () => sign(claims(), { header: { typ: 'refresh+jwt' } }),
    'J12 an ID token': () => sign(claims({ token_use: 'id' })),
    'J12 a refresh token': () => sign(claims({ token_use: 'refresh' })),
    'J13 kid a path': () => sign(claims(), { header: { kid: '../../../../dev/null' } }),
    'J13 kid SQL': () => sign(claims(), { header: { kid: "' OR 1=1 --" } }),
    'J13 kid unknown': () => sign(claims(), { header: { kid: 'key-2' } }),
    'J13 kid of 10 KB': () => sign(claims(), { header: { kid: 'x'.repeat(10_000) } }),
    'J13 kid a number': () => sign(claims(), { header: { kid: 0 } }),
    'J15 crit': () => sign(claims(), { header: { crit: ['x'], x: true } }),
    'J15 b64 false': () => sign(claims(), { header: { crit: ['b64'], b64: false } }),
    'J16 payload a text': () => handMade({ alg: 'HS256', typ: 'JWT' }, '"hello"'),
    'J16 payload a list': () => handMade({ alg: 'HS256', typ: 'JWT' }, [claims()]),
    'J16 payload null': () => handMade({ alg: 'HS256', typ: 'JWT' }, 'null'),
    'J16 payload no JSON': () => handMade({ alg: 'HS256', typ: 'JWT' }, '{'),
    'J16 header no JSON': () => handMade('{', claims()),
    'J16 header a list': () => handMade([], claims()),
    'J17 5 KB': () => sign(claims({ filler: 'x'.repeat(5_000) })),
    'J17 8 KB': () => sign(claims({ filler: 'x'.repeat(6_000) })),
    'J17 20 KB': () => sign(claims({ filler: 'x'.repeat(15_000) })),
    'J19 a padded signature': () => `${tokenOf(wim.email)}=`,
    'J19 an encoded blank behind it': () => `${tokenOf(wim.email)}%20`,
    'J18 another secret': () => sign(claims(), { secret: randomBytes(48).toString('hex') }),
    'J18 no secret at all': () => handMade({ alg: 'HS256', typ: 'JWT' }, claims(), createHmac('sha256', '').update('').digest('base64url')),
    'J20 a disabled user': () => tokenOf(off.email),
  };
  test.each(Object.keys(cases))('%s', async (name) => {
    expectUnauthorized(await ask(cases[name]!()));
  });

  test('J17 a token that no header holds: 431', async () => {
    expectError(await ask(sign(claims({ filler: 'x'.repeat(30_000) }))), 431, 'HeaderTooLarge');
  });

  test('J18 every character counts', async () => {
    const token = tokenOf(wim.email);
    expectPaginated(await ask(token));
    const changed = Array.from(
      token,
      (char, at) => `${token.slice(0, at)}${char === 'A' ? 'B' : char === '.' ? 'A' : 'A'}${token.slice(at + 1)}`,
    );
    const statuses: number[] = [];
    for (let at = 0; at < changed.length; at += 20) {
      const answers = await Promise.all(changed.slice(at, at + 20).map(ask));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses).toEqual(Array<number>(token.length).fill(401));
  });

  test('J18 the last character, whose low bits mean nothing', async () => {
    const token = tokenOf(wim.email);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1)!);
    for (const twin of [last ^ 1, last ^ 2, last ^ 3]) expectUnauthorized(await ask(token.slice(0, -1) + alphabet[twin]));
  });

  test('J18 the payload of another valid token', async () => {
    const [header, , signature] = tokenOf(wim.email).split('.');
    expectUnauthorized(await ask([header, tokenOf(gus.email).split('.')[1], signature].join('.')));
  });

  test('J19 blanks behind a header are not part of it (RFC 9110, section 5.5)', async () => {
    const head = `GET /v3/segments HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${tokenOf(wim.email)}`;
    expect((await sendRaw(world.service.port, `${head}  \t\r\n\r\n`)).status).toBe(200);
    expect((await sendRaw(world.service.port, `${head} =\r\n\r\n`)).status).toBe(401);
  });

  test('J20 nobody and a disabled user get the same answer', async () => {
    const [unknown, disabled] = [await ask(sign(claims({ sub: nobodysId }))), await ask(tokenOf(off.email))];
    expect(disabled.text).toBe(unknown.text);
  });

  test('J06 a token that was taken is refused once it is old', async () => {
    await until('the leeway is over', () => Date.now() / 1_000 > claimsOfAging.exp + 5.1);
    expectUnauthorized(await ask(sign(claimsOfAging)));
  });
});

describe('tokens that are accepted', () => {
  const cases: Record<string, () => string> = {
    'J06 expired within the leeway': () => sign(claims({ exp: now() - 1 })),
    'J07 nbf within the leeway': () => sign(claims({ nbf: now() + 2 })),
    'J11 aud a list with us in it': () => sign(claims({ aud: ['a', jwt.audience] })),
    'J12 an access token': () => sign(claims(), { header: { typ: 'at+jwt' } }),
    'J12 no typ': () => sign(claims(), { header: { typ: undefined } }),
    'J10 sub in upper case': () => sign(claims({ sub: wim.id.toUpperCase() })),
    'J21 claims of no concern': () => sign(claims({ name: 'Wim', email: 'someone@else.test', scope: 'read' })),
    'J17 just below 4 KB': () => sign(claims({ filler: 'x'.repeat(2_500) })),
  };
  test.each(Object.keys(cases))('%s', async (name) => {
    expectPaginated(await ask(cases[name]!()));
  });

  test('J21 a claim that was edited breaks the signature', async () => {
    const [header, payload, signature] = sign(claims({ org: acme.id })).split('.');
    const edited = Buffer.from(payload!, 'base64url').toString().replace(acme.id, globex.id);
    expectUnauthorized(await ask([header, part(edited), signature].join('.')));
  });

  test('J21 organization and role are never taken from a claim', async () => {
    const forged = sign({
      ...claimsOf(vic.id),
      organization_id: globex.id,
      org: globex.id,
      organization: globex.name,
      role: 'Org Admin',
      roles: ['Project Admin'],
    });
    const items = expectPaginated(await ask(forged));
    expect([...new Set(items.map(({ organization }) => organization.name))]).toEqual(['acme']);
    const create = { model_id: churnV1.id, name: 'forged', definition: 'age > 1' };
    expectError(await world.api.as(forged).post('/v3/segments', create), 403, 'Forbidden');
  });
});

test('J14 jku, x5u and jwk are never followed', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('{"keys":[]}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const outside = { jku: url, x5u: url, jwk: publicKey.export({ format: 'jwk' }) };
  for (const [member, value] of Object.entries(outside)) {
    const header = { alg: 'RS256', typ: 'JWT', [member]: value };
    const token = jsonwebtoken.sign(JSON.stringify(claims()), privateKey, { algorithm: 'RS256', header: header as never });
    expectUnauthorized(await ask(token));
  }
  await new Promise((closed) => server.close(closed));
  expect(asked).toBe(0);
});

describe('who comes in without a token', () => {
  /** `contract.md` section 8, and the files that the page at /docs loads. */
  const isPublic = /^\/(?:health\/(?:live|ready)|docs(?:\/.*|-yaml|-json)?|openapi\.(?:json|yaml)|metrics)$/;

  test('S53 of all routes of the router only the listed ones', async () => {
    const routes = await routeTable();
    expect(routes.filter(({ pattern }) => pattern.startsWith('/v3/')).length).toBeGreaterThanOrEqual(18);
    for (const { method, pattern } of routes.filter((route) => !isPublic.test(route.pattern))) {
      const path = pattern.replaceAll(/:\w+/g, nobodysId).replace('*', 'x');
      const answer = await world.api.anonymous.send(method, path, ['POST', 'PUT', 'PATCH'].includes(method) ? { json: {} } : {});
      expect({ method, pattern, status: answer.status }).toEqual({ method, pattern, status: 401 });
      expectUnauthorized(answer);
    }
  });

  test.each(['/health/live', '/health/ready', '/openapi.json', '/docs'])('S53 %s', async (path) => {
    expect((await world.api.anonymous.get(path)).status).toBe(200);
  });
});

describe('what changes after the token was issued counts at the latest 5 s later', () => {
  const changed = async (name: string, change: (organization: any) => void) => {
    const fixture = JSON.parse(readFileSync(fixtureFile, 'utf8'));
    change(fixture.organizations[0]);
    const file = join(scratch, `${name}.json`);
    writeFileSync(file, JSON.stringify(fixture));
    const { code, stderr } = await runAdmin(world.database.url, ['apply', file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  };
  /** Seconds: the five, and what a machine that stalls may take for the asking. */
  const patience = 10;
  /** Asks until the status is there; the last one when the time is over. */
  const soon = async (status: number, send: () => Promise<Answer>): Promise<Answer> => {
    const end = performance.now() + patience * 1_000;
    for (;;) {
      const answer = await send();
      if (answer.status === status || performance.now() > end) return answer;
      await sleep(100);
    }
  };

  test('J20 a user who moves to another organization, then is deleted', async () => {
    const token = tokenOf(out.email);
    const organization = async () => (await world.api.as(token).get('/v3/server-info')).body.data?.organization.name;
    expect(await organization()).toBe('acme');
    await world.database.query('UPDATE user SET organization_id = ? WHERE id = ?', [globex.id, out.id]);
    await until('the other organization', async () => (await organization()) === 'globex');

    await world.database.query('DELETE FROM user WHERE id = ?', [out.id]);
    expectUnauthorized(await soon(401, () => ask(token)));
    await changed('moved back', () => undefined);
    expectPaginated(await soon(200, () => ask(token)));
  });

  test('J20 a role that was taken down, then an account that was disabled', async () => {
    const token = tokenOf(wim.email);
    expectPaginated(await ask(token));
    await changed('viewer', ({ projects }) => {
      projects[0].members.find(({ email }: any) => email === wim.email).role = 'Project Viewer';
    });
    const create = () =>
      world.api
        .as(token)
        .post('/v3/segments', { model_id: churnV1.id, name: `late ${randomBytes(4).toString('hex')}`, definition: 'age > 1' });
    expectError(await soon(403, create), 403, 'Forbidden');

    await changed('disabled', ({ users }) => {
      users.find(({ email }: any) => email === wim.email).active = false;
    });
    expectUnauthorized(await soon(401, () => ask(token)));

    await changed('as before', () => undefined);
    expectPaginated(await soon(200, () => ask(token)));
  });
});

(engine === 'sqlite' ? test : test.skip)(
  'J22 a weak secret: the start is refused, with the name of the variable and not its value',
  async () => {
    const start = async (env: Variables) => {
      const started = startProcess('main.js', [], environment('', { JWT_SECRET: undefined, ...env }), scratch);
      const timer = setTimeout(() => started.process.kill('SIGKILL'), 30_000);
      const code = await started.exited.finally(() => clearTimeout(timer));
      return { code, output: started.stdout() + started.stderr() };
    };
    const short = (bytes: number) => `must have a secret of at least 32 bytes (it has ${bytes}); make one with: openssl rand -base64 48`;
    const file = join(scratch, 'weak.json');
    writeFileSync(file, JSON.stringify({ keys: [{ kty: 'oct', kid: 'one', k: Buffer.alloc(48, 'abc').toString('base64url') }] }));
    const table: [Variables, string, string][] = [
      [{ JWT_SECRET: 'a' }, 'JWT_SECRET', short(1)],
      [{ JWT_SECRET: 'secret' }, 'JWT_SECRET', short(6)],
      [{ JWT_SECRET: 'changeme' }, 'JWT_SECRET', short(8)],
      [
        {
          JWT_SECRET: randomBytes(31)
            .toString('latin1')
            .replaceAll(/[^a-z]/g, 'q'),
        },
        'JWT_SECRET',
        short(31),
      ],
      [{ JWT_SECRET: 'z'.repeat(64) }, 'JWT_SECRET', 'is a repeated pattern; make a random one with: openssl rand -base64 48'],
      [
        { JWT_SECRET: 'changeme-changeme-changeme-changeme' },
        'JWT_SECRET',
        'looks like a placeholder or an example; make a random one with: openssl rand -base64 48',
      ],
      [{ JWT_JWKS_FILE: file }, 'JWT_JWKS_FILE', 'is a repeated pattern; make a random one with: openssl rand -base64 48'],
    ];
    const outcomes = await Promise.all(table.map(([env]) => start(env)));
    expect(outcomes).toEqual(
      table.map(([, name, problem]) => ({ code: 1, output: `The environment is not usable:\n  ${name}: ${problem}\n` })),
    );
  },
);

onSqlite('public keys and key sets', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const [first, second] = [randomBytes(48), randomBytes(48)];
  const jwks = [first, second].map((key, at) => ({ kty: 'oct', kid: `key-${at + 1}`, k: key.toString('base64url') }));
  const keySet = (name: string, ...keys: readonly number[]) => {
    const file = join(scratch, `${name}.json`);
    writeFileSync(file, JSON.stringify({ keys: keys.map((key) => jwks[key - 1]) }));
    return { JWT_JWKS_FILE: file };
  };
  /** How a key is rotated: each step is rolled out to every node before the next one. The first key of a set signs. */
  const rotation = { 'the old key': [1], 'both, the old one signs': [1, 2], 'both, the new one signs': [2, 1], 'the new key': [2] };
  const sets = Object.fromEntries(Object.entries(rotation).map(([step, keys], at) => [step, keySet(`keys-${at}`, ...keys)]));
  const services: Record<string, Service> = {};

  beforeAll(async () => {
    const start = async (name: string, env: Variables) => {
      services[name] = await startService({ databaseUrl: world.database.url, env: { JWT_SECRET: undefined, ...env } });
    };
    await start('public key', { JWT_PUBLIC_KEY: pem });
    for (const [step, env] of Object.entries(sets)) await start(step, env);
    services['key set'] = services['both, the old one signs']!;
  }, 60_000);
  afterAll(async () => {
    await Promise.all([...new Set(Object.values(services))].map((service) => service.stop()));
  });

  const signed = (secret: jsonwebtoken.Secret, header: object) => () =>
    jsonwebtoken.sign(JSON.stringify(claims()), secret, { algorithm: (header as any).alg, header: { typ: 'JWT', ...header } as never });
  test.each<[string, string, () => string, number]>([
    ['J03 RS256 with the private key', 'public key', signed(rsa.privateKey, { alg: 'RS256' }), 200],
    ['J03 HS256 with the public key as secret', 'public key', signed(pem, { alg: 'HS256' }), 401],
    ['J03 HS256 with our own secret', 'public key', signed(jwt.secret, { alg: 'HS256' }), 401],
    ['J04 PS256 where RS256 is meant', 'public key', signed(rsa.privateKey, { alg: 'PS256' }), 401],
    [
      'J18 RS256 of another key',
      'public key',
      signed(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, { alg: 'RS256' }),
      401,
    ],
    ['J23 the first key', 'key set', signed(first, { alg: 'HS256', kid: 'key-1' }), 200],
    ['J23 the second key', 'key set', signed(second, { alg: 'HS256', kid: 'key-2' }), 200],
    ["J23 one key's secret under the other's name", 'key set', signed(first, { alg: 'HS256', kid: 'key-2' }), 401],
    ['J23 a key that is not in the set', 'key set', signed(first, { alg: 'HS256', kid: 'key-3' }), 401],
  ])('%s', async (_, which, token, status) => {
    const answer = await apiAt(services[which]!.url).as(token()).get('/v3/segments');
    if (status === 200) expectPaginated(answer);
    else expectUnauthorized(answer);
  });

  test('J23 a rolling restart refuses no token: each step takes what it and its neighbours sign', async () => {
    const steps = Object.keys(rotation);
    const tokens = await Promise.all(
      steps.map(async (step) => {
        const { stdout } = await runAdmin(world.database.url, ['token', wim.email], { JWT_SECRET: undefined, ...sets[step] });
        return stdout.trim();
      }),
    );
    const statuses = await Promise.all(
      steps.map((step) =>
        Promise.all(tokens.map(async (token) => (await apiAt(services[step]!.url).as(token).get('/v3/segments')).status)),
      ),
    );
    // Rows: the step of the node that is asked. Columns: the step in which the token was issued.
    expect(statuses).toEqual([
      [200, 200, 401, 401],
      [200, 200, 200, 200],
      [200, 200, 200, 200],
      [401, 401, 200, 200],
    ]);
  });
});

test('S66 no token shows in the logs', () => {
  expect(world.service.logs()).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
});
