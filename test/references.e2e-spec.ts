import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { limits } from '../src/config/limits.js';
import type { Answer } from './support/api.js';
import { acme, ada, churn, churnV1, fraud, fraudModel, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { modelBody } from './support/model-body.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const as = (email: string) => world.api.as(email);

let made = 0;
const newSegment = async (modelId = churnV1.id): Promise<any> =>
  expectNormal(await as(pia.email).post('/v3/segments', { model_id: modelId, name: `used ${++made}`, definition: 'age > 30' }));
const newModel = async (projectId: string): Promise<any> =>
  expectNormal(await as(pia.email).post('/v3/models', modelBody({ project_id: projectId, name: `used model ${++made}` })));

const listOf = (id: string) => `/v3/segments/${id}/references`;
const path = (id: string, kind = 'alert', key = '42') => `${listOf(id)}/${kind}/${encodeURIComponent(key)}`;
const put = (at: string, json: unknown = {}, email = wim.email) => as(email).send('PUT', at, { json });
const list = async (id: string, query: object = {}) => expectPaginated(await as(vic.email).get(listOf(id), query as never));
const empty = ({ status, text }: Answer) => ({ status, text });
const done = { status: 200, text: '' };

const body = { name: 'Churn above 5 %', url: 'https://alerts.acme.test/42' };
const author = ({ id, full_name, email }: typeof wim) => ({ id, full_name, email });

describe('put', () => {
  test('the reference comes back, and is listed', async () => {
    const { id } = await newSegment();
    const reference = expectNormal(await put(path(id), body));
    expect(reference).toEqual({ kind: 'alert', key: '42', ...body, created_at: expect.any(String), created_by: author(wim) });
    expect(reference.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await list(id)).toEqual([reference]);
  });

  test('again, by somebody else: the same answer, and nothing has changed', async () => {
    const { id } = await newSegment();
    const first = expectNormal(await put(path(id), body));
    const before = await world.database.content();
    expect(expectNormal(await put(path(id), body, pia.email))).toEqual(first);
    expect(await world.database.content()).toEqual(before);
  });

  test('another name and address replace those that were there; who and when stay', async () => {
    const { id } = await newSegment();
    const first = expectNormal(await put(path(id), body));
    const changed = { name: 'Ärger über Kündigungen', url: 'http://[2001:db8::1]:8080/?q=%20#top' };
    expect(expectNormal(await put(path(id), changed, pia.email))).toEqual({ ...first, ...changed });
    expect(expectNormal(await put(path(id), {}))).toEqual({ ...first, name: '', url: '' });
    expect(await list(id, { search: 'kündigungen' })).toEqual([]);
  });

  test.each<[string, object, object]>([
    ['no members', {}, { name: '', url: '' }],
    ['null', { name: null, url: null }, { name: '', url: '' }],
    ['blanks around the name', { name: '  An alert ' }, { name: 'An alert', url: '' }],
    ['the longest name', { name: '🌺'.repeat(limits.referenceName) }, { name: '🌺'.repeat(limits.referenceName), url: '' }],
  ])('%s', async (_, sent, stored) => {
    const { id } = await newSegment();
    expect(expectNormal(await put(path(id), sent))).toMatchObject(stored);
  });

  test.each<[string, string]>([
    ['one letter', 'a'],
    ['letters, digits, - and _', 'chart_2-x'],
    ['32 characters', 'k'.repeat(32)],
  ])('a kind of %s', async (_, kind) => {
    const { id } = await newSegment();
    expect(expectNormal(await put(path(id, kind))).kind).toBe(kind);
  });

  test.each<[string, string]>([
    ['one character', 'x'],
    ['a slash', 'team/alert/7'],
    ['what an address uses itself', '?a=b&c#d%20+e;f'],
    ['blanks inside', 'weekly report'],
    ['quotes', `'"\\ OR 1=1 --`],
    ['other letters', 'Kündigung 解約 🌺'],
    [`${limits.referenceKey} characters of four bytes`, '🌺'.repeat(limits.referenceKey)],
  ])('a key of %s: put, listed and deleted', async (_, key) => {
    const { id } = await newSegment();
    expect(expectNormal(await put(path(id, 'alert', key))).key).toBe(key);
    expect((await list(id)).map((one) => one.key)).toEqual([key]);
    expect(empty(await as(wim.email).delete(path(id, 'alert', key)))).toEqual(done);
    expect(await list(id)).toEqual([]);
  });

  test('keys differ by case and by accent, and the kind is part of what is meant', async () => {
    const { id } = await newSegment();
    const addresses = [
      ['alert', 'a'],
      ['alert', 'A'],
      ['alert', 'á'],
      ['chart', 'a'],
    ] as const;
    for (const [kind, key] of addresses) expectNormal(await put(path(id, kind, key)));
    expect((await list(id)).map(({ kind, key }) => [kind, key])).toEqual(addresses);
  });

  test.each<[string, string, string, string]>([
    ['an upper-case kind', 'Alert', '42', 'kind'],
    ['a kind that begins with a digit', '1alert', '42', 'kind'],
    ['a kind of 33 characters', 'k'.repeat(33), '42', 'kind'],
    ['a kind with a blank', 'al%20ert', '42', 'kind'],
    ['a kind with a line break at its end', 'alert%0A', '42', 'kind'],
    ['a key of too many characters', 'alert', 'k'.repeat(limits.referenceKey + 1), 'key'],
    ['a blank key', 'alert', '%20', 'key'],
    ['a key that begins with a blank', 'alert', '%2042', 'key'],
    ['a key that ends with a no-break space', 'alert', '42%C2%A0', 'key'],
    ['a key with NUL', 'alert', '4%002', 'key'],
    ['a key with a line break', 'alert', '4%0A2', 'key'],
  ])('%s: 400', async (_, kind, key, field) => {
    const { id } = await newSegment();
    const at = `${listOf(id)}/${kind}/${key}`;
    expectError(await put(at), 400, 'BadRequest', { field });
    expectError(await as(wim.email).delete(at), 400, 'BadRequest', { field });
  });

  test.each<[string, unknown, string]>([
    ['no object', [], ''],
    ['an unknown member', { title: 'x' }, 'title'],
    ['a name that is no text', { name: 1 }, 'name'],
    ['a name that is too long', { name: 'x'.repeat(limits.referenceName + 1) }, 'name'],
    ['a name with a control character', { name: 'a\u0007' }, 'name'],
    ['a url that is no text', { url: {} }, 'url'],
    ['a url without a scheme', { url: 'alerts.acme.test/42' }, 'url'],
    ['a script', { url: 'javascript:alert(1)' }, 'url'],
    ['data', { url: 'data:text/html,x' }, 'url'],
    ['another scheme', { url: 'ftp://alerts.acme.test/42' }, 'url'],
    ['a user and a password', { url: 'https://pia:secret@alerts.acme.test/42' }, 'url'],
    ['a blank inside', { url: 'https://alerts.acme.test/4 2' }, 'url'],
    ['a quote that would end an attribute', { url: 'https://alerts.acme.test/"onclick="x' }, 'url'],
    ['a line break at the end', { url: 'https://alerts.acme.test/42\n' }, 'url'],
    ['a url that is too long', { url: `https://alerts.acme.test/${'x'.repeat(limits.referenceUrl)}` }, 'url'],
  ])('%s: 400', async (_, json, field) => {
    const { id } = await newSegment();
    expectError(await put(path(id), json), 400, 'ValidationError', { field });
    expect(await list(id)).toEqual([]);
  });

  test('the longest url', async () => {
    const { id } = await newSegment();
    const url = 'https://alerts.acme.test/'.padEnd(limits.referenceUrl, 'x');
    expect(expectNormal(await put(path(id), { url })).url).toBe(url);
  });

  test('without a body: 400; an unknown query parameter: 400', async () => {
    const { id } = await newSegment();
    expectError(await as(wim.email).send('PUT', path(id)), 400, 'ValidationError');
    expectError(await put(`${path(id)}?force=true`), 400, 'BadRequest', { field: 'force' });
  });

  test(`${limits.referencesOfSegment} references of a segment; one more is 409, and then one of them may still be changed`, async () => {
    const { id } = await newSegment();
    expectNormal(await put(path(id, 'alert', 'last'), body));
    const [row] = await world.database.query('SELECT * FROM segment_reference WHERE segment_id = ?', [id]);
    const columns = Object.keys(row!);
    const others = Array.from({ length: limits.referencesOfSegment - 2 }, (_, at) => {
      const own = {
        id: `0c1d0000-0000-4000-8000-${String(at).padStart(12, '0')}`,
        reference_key: `k${at}`,
        reference_key_folded: `k${at}`,
      };
      return columns.map((name) => ({ ...row, ...own })[name]!);
    });
    const marks = others.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    await world.database.query(`INSERT INTO segment_reference (${columns.join(', ')}) VALUES ${marks}`, others.flat());

    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((key) => put(path(id, 'chart', key))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    for (const answer of answers.filter(({ status }) => status === 409)) expectError(answer, 409, 'Conflict', { says: '1,000' });
    expect((await as(vic.email).get(listOf(id))).body.data.total).toBe(limits.referencesOfSegment);
    expect(expectNormal(await put(path(id, 'alert', 'last'), { name: 'changed' })).name).toBe('changed');
  });
});

describe('delete', () => {
  test('200 and empty; then it is gone: 404', async () => {
    const { id } = await newSegment();
    expectNormal(await put(path(id), body));
    expect(empty(await as(wim.email).delete(path(id)))).toEqual(done);
    expect(await list(id)).toEqual([]);
    expectError(await as(wim.email).delete(path(id)), 404, 'ObjectNotFound', { says: 'reference' });
  });

  test('one of another segment, kind or key stays', async () => {
    const [one, other] = [await newSegment(), await newSegment()];
    expectNormal(await put(path(one.id), body));
    for (const at of [path(other.id), path(one.id, 'chart'), path(one.id, 'alert', '43')])
      expectError(await as(wim.email).delete(at), 404, 'ObjectNotFound');
    expect(await list(one.id)).toHaveLength(1);
  });
});

describe('list', () => {
  let id: string;
  beforeAll(async () => {
    ({ id } = await newSegment());
    await put(path(id, 'alert', 'a-1'), { name: 'Bravo' });
    await put(path(id, 'chart', 'c-1'), { name: 'alpha' }, pia.email);
    await put(path(id, 'alert', 'A-2'), { name: 'Straße' });
    expectNormal(await put(path((await newSegment()).id, 'alert', 'elsewhere')));
  });

  test.each<[string, object, string[]]>([
    ['by name, code point for code point', {}, ['a-1', 'A-2', 'c-1']],
    ['by kind, then key downwards', { ordering: 'kind,-key' }, ['a-1', 'A-2', 'c-1']],
    ['by age, youngest first', { ordering: '-created_at,-id' }, ['A-2', 'c-1', 'a-1']],
    ['a page', { ordering: 'key', limit: 1, offset: 1 }, ['a-1']],
    ['of a kind', { filter: { field: 'kind', operator: 'equal', value: 'chart' } }, ['c-1']],
    ['whose key begins so', { filter: { field: 'key', operator: 'begins_with', value: 'a-' } }, ['a-1', 'A-2']],
    ['of an author', { filter: { field: 'created_by.email', operator: 'equal', value: pia.email } }, ['c-1']],
    ['since then', { filter: { field: 'created_at', operator: 'greater', value: '2100-01-01T00:00:00Z' } }, []],
    ['search in the name', { search: 'STRAßE' }, ['A-2']],
    ['search in the key', { search: 'c-1 alpha' }, ['c-1']],
    ['search in the kind', { search: 'alert bravo' }, ['a-1']],
  ])('%s', async (_, query, keys) => {
    expect((await list(id, query)).map(({ key }) => key)).toEqual(keys);
  });

  test.each<[string, object, string]>([
    ['an unknown field', { filter: { field: 'url', operator: 'equal', value: 'x' } }, 'InvalidFilter'],
    ['an order by none', { ordering: 'segment' }, 'InvalidOrdering'],
    ['too large a page', { limit: 1_001 }, 'InvalidPagination'],
    ['an unknown parameter', { kind: 'alert' }, 'BadRequest'],
  ])('%s: 400', async (_, query, reason) => {
    expectError(await as(vic.email).get(listOf(id), query as never), 400, reason);
  });
});

describe('who may', () => {
  test.each<[string, string, number, number]>([
    ['Project Admin', pia.email, 200, 200],
    ['Project Writer', wim.email, 200, 200],
    ['Project Viewer', vic.email, 200, 403],
    ['Org Admin by that role alone', ada.email, 403, 403],
    ['Org Member without a role', out.email, 403, 403],
    ['another organization', gus.email, 404, 404],
  ])('%s', async (_, email, reads, writes) => {
    const { id } = await newSegment();
    expectNormal(await put(path(id), body));
    expect((await as(email).get(listOf(id))).status).toBe(reads);
    expect((await put(path(id), {}, email)).status).toBe(writes);
    // What is wrong with the request is for those to know who may make it.
    expect((await put(path(id), { url: 'x' }, email)).status).toBe(writes === 200 ? 400 : writes);
    expect((await as(email).delete(path(id))).status).toBe(writes);
    expect(await list(id)).toHaveLength(writes === 200 ? 0 : 1);
  });

  test.each([
    ['no segment', nobodysId, 404, 'ObjectNotFound'],
    ['no id', 'seniors', 400, 'BadRequest'],
  ])('%s', async (_, id, status, reason) => {
    expectError(await as(wim.email).get(listOf(id)), status, reason);
    expectError(await put(path(id)), status, reason);
    expectError(await as(wim.email).delete(path(id)), status, reason);
  });

  test.each(['GET', 'POST', 'PATCH'])('%s on one reference: 405 with Allow', async (method) => {
    const { id } = await newSegment();
    const answer = await as(wim.email).send(method, path(id));
    expectError(answer, 405, 'MethodNotAllowed');
    expect(answer.headers.get('allow')).toBe('DELETE, OPTIONS, PUT');
  });
});

describe('what is in use cannot be deleted', () => {
  test('a segment: 409 names what uses it; it stays, and goes once nothing does', async () => {
    const segment = await newSegment();
    await put(path(segment.id), body);
    await put(path(segment.id, 'chart', 'team/7'));
    const entry = (message: string, at: string) => ({
      reason: 'SegmentInUse',
      message,
      help: `Once it is used there no more: DELETE ${at}`,
    });
    const errors = expectError(await as(wim.email).delete(`/v3/segments/${segment.id}`), 409, 'SegmentInUse');
    expect(errors).toEqual([
      entry(`The segment "${segment.name}" is used by alert "42" (Churn above 5 %).`, path(segment.id)),
      entry(`The segment "${segment.name}" is used by chart "team/7".`, path(segment.id, 'chart', 'team/7')),
    ]);
    expect(expectNormal(await as(vic.email).get(`/v3/segments/${segment.id}`))).toEqual(segment);

    for (const { help } of errors) expect(empty(await as(wim.email).delete(help.split('DELETE ')[1]))).toEqual(done);
    expect(empty(await as(wim.email).delete(`/v3/segments/${segment.id}`))).toEqual(done);
    for (const answer of [await as(vic.email).get(listOf(segment.id)), await put(path(segment.id))])
      expectError(answer, 404, 'ObjectNotFound');
  });

  test(`more than ${limits.problemsPerAnswer}: so many are named, the others counted`, async () => {
    const { id } = await newSegment();
    for (let at = 0; at < limits.problemsPerAnswer + 3; at++) expectNormal(await put(path(id, 'alert', `${at + 100}`)));
    const errors = expectError(await as(wim.email).delete(`/v3/segments/${id}`), 409, 'SegmentInUse');
    expect(errors).toHaveLength(limits.problemsPerAnswer + 1);
    expect(errors[0].message).toContain('"100"');
    expect(errors.at(-1).message).toBe('And 3 more.');
  });

  test('a model: 409 names segment and reference; nothing of it is gone, and no job is left', async () => {
    const model = await newModel(churn.id);
    const [used, free] = [await newSegment(model.id), await newSegment(model.id)];
    await put(path(used.id), body);
    const before = await world.database.content();
    const errors = expectError(await as(wim.email).delete(`/v3/models/${model.id}`), 409, 'SegmentInUse');
    expect(errors.map(({ message }) => message)).toEqual([`The segment "${used.name}" is used by alert "42" (Churn above 5 %).`]);
    expect(await world.database.content()).toEqual(before);

    await as(wim.email).delete(path(used.id));
    expectNormal(await as(wim.email).delete(`/v3/models/${model.id}`), 202);
    for (const { id } of [used, free]) expectError(await as(vic.email).get(`/v3/segments/${id}`), 404, 'ObjectNotFound');
  });

  test('a project: 409 too, which tells an Org Admin who may not read it only how many there are', async () => {
    const project = fraud;
    const segment = await newSegment(fraudModel.id);
    await put(path(segment.id), body, pia.email);
    const before = await world.database.content();
    const told = expectError(await as(pia.email).delete(`/v3/projects/${project.id}`), 409, 'SegmentInUse');
    expect(told.map(({ message }) => message)).toEqual([`The segment "${segment.name}" is used by alert "42" (Churn above 5 %).`]);
    const counted = await as(ada.email).delete(`/v3/projects/${project.id}`);
    expect(expectError(counted, 409, 'SegmentInUse').map(({ message }) => message)).toEqual([
      'Segments of this project are in use: 1 reference.',
    ]);
    expect(counted.text).not.toMatch(new RegExp(`${segment.name}|Churn above|${segment.id}`));
    expect(await world.database.content()).toEqual(before);

    await as(pia.email).delete(path(segment.id));
    expect(empty(await as(ada.email).delete(`/v3/projects/${project.id}`))).toEqual(done);
  });
});

describe('at once', () => {
  const ROUNDS = 50;
  /** Whether the reference is there, and the segment: never the one without the other. */
  const left = async (id: string) => {
    const count = async (sql: string) => Number((await world.database.query(sql, [id]))[0]!['n']);
    return [
      await count('SELECT COUNT(*) AS n FROM segment WHERE id = ?'),
      await count('SELECT COUNT(*) AS n FROM segment_reference WHERE segment_id = ?'),
    ];
  };

  test(`a put and a delete of the segment, ${ROUNDS} times: one of the two, never a 500`, async () => {
    const outcomes: string[] = [];
    // Whoever lost is let go first the next time, so that the two keep meeting whatever the machine is busy with.
    let ahead = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await newSegment();
      const after = async (ms: number, send: () => Promise<Answer>) => (ms > 0 ? sleep(ms).then(send) : send());
      const [said, deleted] = await Promise.all([
        after(-ahead, () => put(path(id))),
        after(ahead, () => as(wim.email).delete(`/v3/segments/${id}`)),
      ]);
      outcomes.push(`put ${said.status}, delete ${deleted.status}`);
      expect([outcomes.at(-1), await left(id)]).toEqual(
        said.status === 200 ? ['put 200, delete 409', [1, 1]] : ['put 404, delete 200', [0, 0]],
      );
      ahead += said.status === 200 ? -1 : 1;
    }
    expect(new Set(outcomes)).toEqual(new Set(['put 200, delete 409', 'put 404, delete 200']));
  }, 60_000);

  test('puts to many segments while their model is deleted: either all go, or it is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const model = await newModel(churn.id);
      const segments = await Promise.all(Array.from({ length: 4 }, () => newSegment(model.id)));
      const removing = as(wim.email).delete(`/v3/models/${model.id}`);
      const puts = await Promise.all(segments.map(({ id }) => put(path(id))));
      const { status } = await removing;
      const outcome = [status, puts.map((answer) => answer.status), await Promise.all(segments.map(({ id }) => left(id)))];
      const each = <T>(value: T) => segments.map(() => value);
      expect(outcome).toEqual(status === 202 ? [202, each(404), each([0, 0])] : [409, each(200), each([1, 1])]);
    }
  });

  test('twenty puts of one reference: one row, and each is told the same', async () => {
    const { id } = await newSegment();
    const answers = await Promise.all(Array.from({ length: 20 }, () => put(path(id), body)));
    expect(new Set(answers.map((answer) => JSON.stringify(expectNormal(answer))))).toHaveProperty('size', 1);
    expect(await left(id)).toEqual([1, 1]);
  });

  test('twenty references to one segment', async () => {
    const { id } = await newSegment();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => put(path(id, 'alert', `${at}`))));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await left(id)).toEqual([1, 20]);
  });
});

test('an organization sees its own references only', async () => {
  const { id, organization } = await newSegment();
  expect(organization).toEqual({ id: acme.id, name: 'acme' });
  expectNormal(await put(path(id), body));
  const [theirs] = expectPaginated(await as(gus.email).get('/v3/segments'));
  expectNormal(await put(path(theirs.id), { name: 'theirs' }, gus.email));
  expect((await list(id)).map(({ name }) => name)).toEqual([body.name]);
  expectError(await put(path(theirs.id), {}, pia.email), 404, 'ObjectNotFound');
  expectError(await as(pia.email).delete(path(theirs.id)), 404, 'ObjectNotFound');
  expect(expectPaginated(await as(gus.email).get(listOf(theirs.id))).map(({ name }) => name)).toEqual(['theirs']);
});
