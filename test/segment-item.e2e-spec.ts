import { describe, expect, test } from '@jest/globals';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { ada, churnV1, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { useWorld } from './support/world.js';

const world = useWorld();

let made = 0;
const newSegment = async (): Promise<any> =>
  expectNormal(
    await world.api.as(wim.email).post('/v3/segments', { model_id: churnV1.id, name: `item ${++made}`, definition: 'age > 30' }),
  );
const path = (id: string) => `/v3/segments/${id}`;

describe('read', () => {
  test.each<[string, (id: string) => string]>([
    ['canonical', (id) => id],
    ['upper case', (id) => id.toUpperCase()],
    ['without dashes', (id) => id.replaceAll('-', '')],
    ['upper case without dashes', (id) => id.toUpperCase().replaceAll('-', '')],
    ['percent-encoded', (id) => id.replaceAll('-', '%2D')],
    ['with a trailing slash', (id) => `${id}/`],
  ])('by its id, %s', async (_, form) => {
    const segment = await newSegment();
    expect(expectNormal(await world.api.as(vic.email).get(path(form(segment.id))))).toEqual(segment);
  });

  test.each<[string, string]>([
    ['a word', 'seniors'],
    ['too short', '0190a6b2-7c1e-7000-8000-00000000000'],
    ['too long', '0190a6b2-7c1e-7000-8000-0000000000000'],
    ['no hex digit', '0190a6b2-7c1e-7000-8000-00000000000g'],
    ['in braces', `{${nobodysId}}`],
    ['as URN', `urn:uuid:${nobodysId}`],
    ['quoted', "'%20OR%20'1'='1"],
    ['very long', 'a'.repeat(500)],
    ['NUL', '%00'],
  ])('malformed id, %s: 400', async (_, id) => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await world.api.as(wim.email).send(method, path(encodeURI(decodeURI(id))));
      expectError(answer, 400, 'BadRequest');
      expect(answer.text).not.toContain('a'.repeat(100));
    }
  });

  test.each<[string, string]>([
    ['UUID version 1', '123e4567-e89b-12d3-a456-426614174000'],
    ['UUID version 4', nobodysId],
    ['nil UUID', '00000000-0000-0000-0000-000000000000'],
    ['max UUID', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ])('unknown id, %s: 404', async (_, id) => {
    for (const method of ['GET', 'DELETE']) expectError(await world.api.as(wim.email).send(method, path(id)), 404, 'ObjectNotFound');
  });

  test.each<[string, string, number, string]>([
    ['Project Admin', pia.email, 200, ''],
    ['Project Writer', wim.email, 200, ''],
    ['Project Viewer', vic.email, 200, ''],
    ['Org Admin by that role alone', ada.email, 403, 'Forbidden'],
    ['Org Member without a role', out.email, 403, 'Forbidden'],
    ['another organization', gus.email, 404, 'ObjectNotFound'],
  ])('%s', async (_, email, status, reason) => {
    const segment = await newSegment();
    const answer = await world.api.as(email).get(path(segment.id));
    if (status === 200) expect(expectNormal(answer)).toEqual(segment);
    else expectError(answer, status, reason);
  });

  test('an unknown query parameter is refused', async () => {
    const { id } = await newSegment();
    expectError(await world.api.as(wim.email).get(path(id), { expand: 'all' }), 400, 'BadRequest', { field: 'expand' });
  });
});

describe('delete', () => {
  test('200 and an empty body; then it is gone, from the list too', async () => {
    const { id, name } = await newSegment();
    const answer = await world.api.as(wim.email).delete(path(id));
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '' });
    expectError(await world.api.as(wim.email).get(path(id)), 404, 'ObjectNotFound');
    expectError(await world.api.as(wim.email).delete(path(id)), 404, 'ObjectNotFound');
    expect(
      expectPaginated(await world.api.as(wim.email).get('/v3/segments', { filter: { field: 'name', operator: 'equal', value: name } })),
    ).toEqual([]);
  });

  test('of two at once exactly one succeeds', async () => {
    const { id } = await newSegment();
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.api.as(wim.email).delete(path(id))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(404)]);
  });

  test('a content type without a body is no body', async () => {
    const { id } = await newSegment();
    const answer = await world.api.as(wim.email).send('DELETE', path(id), { headers: { 'content-type': 'application/json' } });
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '' });
  });

  test.each<[string, string, number, string]>([
    ['Project Admin', pia.email, 200, ''],
    ['Project Writer', wim.email, 200, ''],
    ['Project Viewer', vic.email, 403, 'Forbidden'],
    ['Org Admin by that role alone', ada.email, 403, 'Forbidden'],
    ['Org Member without a role', out.email, 403, 'Forbidden'],
    ['another organization', gus.email, 404, 'ObjectNotFound'],
  ])('%s', async (_, email, status, reason) => {
    const segment = await newSegment();
    const answer = await world.api.as(email).delete(path(segment.id));
    if (status === 200) expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '' });
    else {
      expectError(answer, status, reason);
      expect(expectNormal(await world.api.as(wim.email).get(path(segment.id)))).toEqual(segment);
    }
  });
});

describe('segments cannot be changed', () => {
  test.each(['PUT', 'PATCH'])('%s: 405 with Allow, saying what to do instead', async (method) => {
    const segment = await newSegment();
    const answer = await world.api.as(wim.email).send(method, path(segment.id), { json: { name: 'changed' } });
    expectError(answer, 405, 'MethodNotAllowed', { says: /cannot be changed[\s\S]*(?:create|new)/i });
    expect(answer.headers.get('allow')?.split(/,\s*/).toSorted()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS']);
    expect(expectNormal(await world.api.as(wim.email).get(path(segment.id)))).toEqual(segment);
  });

  test('POST on a segment: 405 with Allow', async () => {
    const { id } = await newSegment();
    const answer = await world.api.as(wim.email).post(path(id), {});
    expectError(answer, 405, 'MethodNotAllowed');
    expect(answer.headers.get('allow')).toMatch(/\bGET\b/);
  });

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('S51 %s is not followed', async (header) => {
    const segment = await newSegment();
    const answer = await world.api.as(wim.email).send('GET', path(segment.id), { headers: { [header]: 'DELETE' } });
    expect(expectNormal(answer)).toEqual(segment);
    expect(expectNormal(await world.api.as(wim.email).get(path(segment.id)))).toEqual(segment);
  });
});
