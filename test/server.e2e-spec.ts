import { describe, expect, test } from '@jest/globals';
import { expectError, expectNormal } from './support/envelope.js';
import { acme, ada, bo, globex, gus, out, vic, wim } from './support/fixtures.js';
import { useWorld } from './support/world.js';

const world = useWorld();

describe('server-info', () => {
  test.each([
    [ada, acme],
    [wim, acme],
    [vic, acme],
    [out, acme],
    [bo, globex],
    [gus, globex],
  ])('$email is told their organization', async ({ email }, { id, name }) => {
    const info = expectNormal(await world.api.as(email).get('/v3/server-info'));
    expect(info).toEqual({
      server_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      feature_flags: { enable_segments_ui: true, fairness: false },
      organization: { id, name },
    });
    const [major = 0, minor = 0] = info.server_version.split('.').map(Number);
    expect(major * 100 + minor).toBeGreaterThanOrEqual(2502);
  });

  test('takes no parameter', async () => {
    expectError(await world.api.as(wim.email).get('/v3/server-info', { verbose: 'true' }), 400, 'BadRequest', { field: 'verbose' });
  });
});

describe('version-compatibility', () => {
  const ask = (query: Record<string, string>) => world.api.as(out.email).get('/v3/version-compatibility', query);

  test.each([
    ['3.14.1', 'python-sdk'],
    ['3.11.0', 'python-sdk'],
    ['25.2', 'curl'],
    ['3.15.0rc1', 'my_client.v2'],
    ['3.15.0.dev2+local.1', 'x'],
  ])('%s of %s is served', async (client_version, client_name) => {
    expect(expectNormal(await ask({ client_version, client_name }))).toEqual({
      server_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      is_compatible: true,
    });
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['nothing', {}, ['client_version', 'client_name']],
    ['no version', { client_name: 'python-sdk' }, ['client_version']],
    ['no name', { client_version: '3.14.1' }, ['client_name']],
    ['an empty version', { client_version: '', client_name: 'python-sdk' }, ['client_version']],
    ['a word', { client_version: 'newest', client_name: 'python-sdk' }, ['client_version']],
    ['one number', { client_version: '3', client_name: 'python-sdk' }, ['client_version']],
    ['a version with v', { client_version: 'v3.14.1', client_name: 'python-sdk' }, ['client_version']],
    ['too many parts', { client_version: '1.2.3.4.5', client_name: 'a b' }, ['client_version', 'client_name']],
    ['a blank', { client_version: '3.14.1 ', client_name: 'python-sdk' }, ['client_version']],
    ['a very long one', { client_version: `3.14.1${'a'.repeat(33)}`, client_name: 'x'.repeat(65) }, ['client_version', 'client_name']],
    ['an unknown one', { client_version: '3.14.1', client_name: 'python-sdk', client_nam: 'x' }, ['client_nam']],
  ])('%s: 400', async (_, query, fields) => {
    expect(expectError(await ask(query), 400, 'BadRequest').map(({ field }) => field)).toEqual(fields);
  });
});

test.each(['/v3/server-info', '/v3/version-compatibility', '/v3/version-compatibility?client_version=3.14.1&client_name=python-sdk'])(
  '%s needs a token',
  async (path) => {
    expectError(await world.api.anonymous.get(path), 401, 'Unauthorized');
  },
);
