import { describe, expect, test } from '@jest/globals';
import { expectError, expectNormal } from './support/envelope.js';
import { ada, acme, churn, churnV1, churnV2, gus, globexModel, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const writer = () => world.api.as(wim.email);

let made = 0;
/** A body that is fine as it is, under a name of its own. */
const body = (changes: object = {}) => ({ model_id: churnV1.id, name: `made ${++made}`, definition: 'age > 30', ...changes });
const create = (changes: object = {}) => writer().post('/v3/segments', body(changes));

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const astral = '\u{1F30B}';

test('the answer is the whole segment, and 200', async () => {
  const before = Date.now();
  const sent = { model_id: churnV1.id, name: 'Hawaiians above 30', definition: "age > 30 and geography == 'Hawaii'", description: 'first' };
  const created = expectNormal(await writer().post('/v3/segments', sent));
  const author = { id: wim.id, full_name: 'Wim Writer', email: wim.email };
  expect(created).toEqual({
    id: expect.stringMatching(UUID),
    name: sent.name,
    description: sent.description,
    definition: sent.definition,
    organization: { id: acme.id, name: 'acme' },
    project: { id: churn.id, name: 'churn', asset_type: 'ML_MODEL' },
    model: { id: churnV1.id, name: 'churn_model', version: 'v1' },
    created_at: expect.stringMatching(TIME),
    updated_at: created.created_at,
    created_by: author,
    updated_by: author,
  });
  expect(Date.parse(created.created_at)).toBeGreaterThanOrEqual(before - 1);
  expect(Date.parse(created.created_at)).toBeLessThanOrEqual(Date.now() + 1);
  expect(expectNormal(await writer().get(`/v3/segments/${created.id}`))).toEqual(created);
});

describe('accepted', () => {
  test.each<[string, object, object]>([
    ['no description', {}, { description: '' }],
    ['description null', { description: null }, { description: '' }],
    ['description empty', { description: '' }, { description: '' }],
    ['description of several lines', { description: 'one\n\ttwo\r\nthree' }, { description: 'one\n\ttwo\r\nthree' }],
    ['description at its limit, in code points', { description: astral.repeat(2_000) }, { description: astral.repeat(2_000) }],
    ['name of 1 character', { name: 'x' }, { name: 'x' }],
    ['name at its limit', { name: 'n'.repeat(255) }, { name: 'n'.repeat(255) }],
    ['name at its limit, in code points', { name: astral.repeat(255) }, { name: astral.repeat(255) }],
    ['name with outer blanks', { name: '  trimmed name \t' }, { name: 'trimmed name' }],
    ['name with inner blanks', { name: 'two  blanks' }, { name: 'two  blanks' }],
    ['S64 name that looks like SQL', { name: `'"\`\\;-- %_ /*!50000 x*/` }, { name: `'"\`\\;-- %_ /*!50000 x*/` }],
    ['S64 name in other scripts', { name: 'Ünï ﬀ 漢字 \u202Eabc' }, { name: 'Ünï ﬀ 漢字 \u202Eabc' }],
    ['definition with outer blanks', { definition: '  age   > 30\n' }, { definition: 'age   > 30' }],
    ['definition of several lines', { definition: 'age > 30\n  and tenure < 5' }, { definition: 'age > 30\n  and tenure < 5' }],
    [
      'S21 model_id in upper case',
      { model_id: churnV1.id.toUpperCase() },
      { model: { id: churnV1.id, name: 'churn_model', version: 'v1' } },
    ],
    [
      'S21 model_id without dashes',
      { model_id: churnV1.id.replaceAll('-', '') },
      { model: { id: churnV1.id, name: 'churn_model', version: 'v1' } },
    ],
  ])('%s', async (_, changes, expected) => {
    const created = expectNormal(await create(changes));
    expect(created).toMatchObject(expected);
    expect(expectNormal(await writer().get(`/v3/segments/${created.id}`))).toEqual(created);
  });
});

describe('400, naming the member', () => {
  const server = [
    'id',
    'organization_id',
    'organization',
    'project_id',
    'project',
    'created_by',
    'updated_by',
    'created_at',
    'updated_at',
    'deleted_at',
    'role',
  ];
  const wrongTypes: [string, unknown][] = [
    ['a number', 1],
    ['a boolean', true],
    ['an array', ['age > 30']],
    ['an object', { id: 1 }],
    ['an object with toString', { toString: 'x' }],
  ];
  type Refused = [what: string, field: string, changes: object, reason?: string];
  test.each<Refused>([
    ...['model_id', 'name', 'definition'].flatMap((member): Refused[] => [
      [`${member} absent`, member, { [member]: undefined }],
      [`S21 ${member} null`, member, { [member]: null }],
      [`${member} empty`, member, { [member]: '' }, member === 'definition' ? 'FQL_EMPTY' : 'ValidationError'],
      ...wrongTypes.map(([what, value]): Refused => [`S21 ${member} ${what}`, member, { [member]: value }]),
    ]),
    ...wrongTypes.map(([what, value]): Refused => [`S21 description ${what}`, 'description', { description: value }]),
    ['model_id no id', 'model_id', { model_id: 'churn_model' }],
    ['S21 model_id in braces', 'model_id', { model_id: `{${churnV1.id}}` }],
    ['S21 model_id as URN', 'model_id', { model_id: `urn:uuid:${churnV1.id}` }],
    ['name of blanks', 'name', { name: ' \t ' }],
    ['S33 name too long', 'name', { name: 'n'.repeat(256) }],
    ['S33 name too long, in code points', 'name', { name: astral.repeat(256) }],
    ['name with a line break', 'name', { name: 'two\nlines' }],
    ['S64 name with NUL', 'name', { name: 'a\0b' }],
    ['name with a C1 control', 'name', { name: 'a\u0085b' }],
    ['S64 name with half a surrogate pair', 'name', { name: 'a\ud800b' }],
    ['S33 description too long', 'description', { description: 'd'.repeat(2_001) }],
    ['description with NUL', 'description', { description: 'a\0b' }],
    ['description with half a surrogate pair', 'description', { description: 'a\udc00b' }],
    ['S32 definition too long', 'definition', { definition: `age > ${'1'.repeat(10_001)}` }, 'FQL_TOO_LONG'],
    ...server.map((member): Refused => [`S20 the server's own ${member}`, member, { [member]: 'x' }]),
    ['a misspelt member', 'descripton', { descripton: 'x' }],
    ['camel case', 'modelId', { modelId: churnV1.id }],
  ])('%s', async (_, field, changes, reason = 'ValidationError') => {
    expectError(await create(changes), 400, reason, { field });
  });

  test('every bad member at once', async () => {
    const errors = expectError(await create({ name: '', definition: 5, descripton: 'x' }), 400, 'ValidationError');
    expect(errors.map(({ field }) => field)).toEqual(expect.arrayContaining(['name', 'definition', 'descripton']));
  });

  test.each<[string, unknown]>([
    ['an array', [body()]],
    ['null', null],
    ['a text', 'age > 30'],
    ['a number', 5],
  ])('a body that is %s', async (_, json) => {
    const answer = await writer().post('/v3/segments', json);
    expect(answer.status).toBe(400);
    expectError(answer, 400, 'ValidationError');
  });

  test.each(['__proto__', 'constructor', 'prototype'])('S23 the member %s', async (member) => {
    const raw = JSON.stringify(body()).replace(/}$/, `,${JSON.stringify(member)}:{"admin":true}}`);
    const answer = await writer().send('POST', '/v3/segments', { raw, headers: { 'content-type': 'application/json' } });
    expectError(answer, 400, answer.body?.error?.errors?.[0]?.reason, { says: member });
  });

  test('S23 of two equal members the last one counts', async () => {
    const raw = `{"model_id":"${churnV1.id}","name":"first of two","name":"second of two","definition":"age > 30"}`;
    const answer = await writer().send('POST', '/v3/segments', { raw, headers: { 'content-type': 'application/json' } });
    expect(expectNormal(answer).name).toBe('second of two');
  });
});

describe('400 from the language: code, position, snippet, suggestions', () => {
  test.each<[string, string, number, string | RegExp]>([
    ['unknown column', 'agee > 30', 0, 'age'],
    ['missing operand', 'age >', 5, /\S/],
    ['not boolean', 'age + 1', 0, /\S/],
    ['text against a number', "age > 'x'", 6, /\S/],
  ])('%s', async (_, definition, offset, says) => {
    const answer = await create({ definition });
    const [entry] = expectError(answer, 400, answer.body?.error?.errors?.[0]?.reason, { field: 'definition', says });
    expect(entry.reason).toMatch(/^FQL_[A-Z_]+$/);
    expect(entry).toMatchObject({
      position: { offset, length: expect.any(Number), line: 1, column: offset + 1 },
      snippet: expect.stringContaining(definition.split(' ')[0]!),
      suggestions: expect.any(Array),
    });
  });

  test('two problems, two entries in text order', async () => {
    const errors = expectError(await create({ definition: 'agee > 30 and tenuree < 5' }), 400, 'FQL_UNKNOWN_COLUMN', {
      field: 'definition',
    });
    expect(errors.map(({ position }) => position.offset)).toEqual([0, 14]);
  });
});

describe('names are unique per model, code point for code point', () => {
  test.each<[string, string, string]>([
    ['case', 'Case', 'case'],
    ['accents', 'resume', 'résumé'],
    ['composed and decomposed', 'caf\u00e9', 'cafe\u0301'],
    ['full width', 'Ａ1', 'A1'],
    ['ligature', 'ﬀ', 'ff'],
    ['trailing no-break space inside quotes', 'x y', 'x\u00a0y'],
    ['sharp s', 'Straße', 'Strasse'],
  ])('%s tells names apart', async (_, first, second) => {
    expectNormal(await create({ name: first }));
    expectNormal(await create({ name: second }));
  });

  test.each<[string, string, string]>([
    ['the same name', 'taken', 'taken'],
    ['the same name after trimming', 'taken too', '  taken too '],
  ])('%s: 409', async (_, first, second) => {
    const created = expectNormal(await create({ name: first }));
    expectError(await create({ name: second, definition: 'age < 1' }), 409, 'Conflict', { says: first });
    expect(expectNormal(await writer().get(`/v3/segments/${created.id}`))).toEqual(created);
  });

  test('another version of the model is another model', async () => {
    expectNormal(await create({ name: 'in both versions' }));
    const second = expectNormal(await create({ name: 'in both versions', model_id: churnV2.id }));
    expect(second.model).toEqual({ id: churnV2.id, name: 'churn_model', version: 'v2' });
  });

  test('a deleted name is free again', async () => {
    const { id } = expectNormal(await create({ name: 'again' }));
    expect((await writer().delete(`/v3/segments/${id}`)).status).toBe(200);
    expect(expectNormal(await create({ name: 'again' })).id).not.toBe(id);
  });
});

describe('who may', () => {
  test.each<[string, string, number, string]>([
    ['Project Admin', pia.email, 200, ''],
    ['Project Writer', wim.email, 200, ''],
    ['Project Viewer', vic.email, 403, 'Forbidden'],
    ['Org Admin by that role alone', ada.email, 403, 'Forbidden'],
    ['Org Member without a role', out.email, 403, 'Forbidden'],
    ['another organization', gus.email, 404, 'ObjectNotFound'],
  ])('%s', async (_, email, status, reason) => {
    const answer = await world.api.as(email).post('/v3/segments', body());
    if (status === 200) expectNormal(answer);
    else expectError(answer, status, reason);
  });

  test.each<[string, object]>([
    ['a name that is taken', { name: 'seniors' }],
    ['a definition that is wrong', { definition: 'agee > 1' }],
  ])('403 comes before the answer about %s', async (_, changes) => {
    for (const email of [vic.email, out.email])
      expectError(await world.api.as(email).post('/v3/segments', body(changes)), 403, 'Forbidden');
  });

  test.each<[string, string]>([
    ['no such model', nobodysId],
    ['a model of another organization', globexModel.id],
  ])('%s: 404 and no row', async (_, model_id) => {
    const sent = body({ model_id });
    expectError(await writer().post('/v3/segments', sent), 404, 'ObjectNotFound');
    expect(await world.database.query('SELECT id FROM segment WHERE name = ?', [sent.name])).toEqual([]);
  });
});
