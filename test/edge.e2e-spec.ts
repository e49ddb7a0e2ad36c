import { describe, expect, test } from '@jest/globals';
import { expectError, expectNormal } from './support/envelope.js';
import { churn, churnV1, pia, wim } from './support/fixtures.js';
import { sendRaw } from './support/raw.js';
import { tokenOf } from './support/token.js';
import { useWorld } from './support/world.js';

/** What Schemathesis (`npm run test:schemathesis`) and looking around by hand have found at the edge. */
const world = useWorld();
const writer = () => world.api.as(wim.email);
const subject = { model_id: churnV1.id, definition: 'age > 30' };
let made = 0;
const segment = (changes: object = {}) => ({ ...subject, name: `edge ${++made}`, ...changes });

/** A request with this head, by a writer. */
const raw = (head: string, body: Uint8Array = new Uint8Array()) =>
  sendRaw(
    world.service.port,
    `${[head, 'Host: x', `Authorization: Bearer ${tokenOf(wim.email)}`, 'Connection: close'].join('\r\n')}\r\n\r\n${Buffer.from(body).toString('latin1')}`,
  );

describe('a path with a name of its own is no id', () => {
  test.each([
    ['GET', '/v3/segments/validate'],
    ['GET', '/v3/segments/evaluate'],
    ['GET', '/v3/segments/validate/'],
    ['GET', '/v3/segments/%76alidate'],
    ['GET', '/v3/segments/validate?limit=1'],
    ['DELETE', '/v3/segments/validate'],
    ['DELETE', '/v3/segments/evaluate'],
    ['PUT', '/v3/segments/validate'],
    ['PATCH', '/v3/segments/evaluate'],
  ])('%s %s: 405', async (method, path) => {
    const answer = await writer().send(method, path);
    expectError(answer, 405, 'MethodNotAllowed');
    expect(answer.headers.get('allow')).toBe('OPTIONS, POST');
  });

  test.each<[string, number, string | null]>([
    ['HEAD', 405, 'OPTIONS, POST'],
    ['OPTIONS', 204, 'OPTIONS, POST'],
  ])('%s /v3/segments/validate: %d', async (method, status, allow) => {
    const answer = await writer().send(method, '/v3/segments/validate');
    expect([answer.status, answer.headers.get('allow'), answer.text]).toEqual([status, allow, '']);
  });

  test.each(['validates', 'a%2Fb', 'validate%2F', '%00', 'x%2Fsegments'])('GET /v3/segments/%s: an id that is none', async (id) => {
    expectError(await raw(`GET /v3/segments/${id} HTTP/1.1`), 400, 'BadRequest', { field: 'uuid' });
  });

  test.each(['QUERY', 'PROPFIND', 'TRACE', 'M-SEARCH'])('%s', async (method) => {
    const answer = await raw(`${method} /v3/segments/validate HTTP/1.1`);
    expectError(answer, 405, 'MethodNotAllowed');
    expect(answer.headers.get('allow')).toBe('OPTIONS, POST');
  });
});

describe('the encoding of a body', () => {
  const post = (type: string, bytes: Buffer) =>
    raw(`POST /v3/segments/validate HTTP/1.1\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}`, bytes);
  const bytes = (text: string, encoding: BufferEncoding = 'utf8') =>
    Buffer.from(JSON.stringify({ ...subject, definition: text }), encoding);

  test.each(['charset=utf-8', 'charset=UTF-8', 'charset="utf-8"', 'charset=utf8', ' charset = utf-8', 'v=1', ''])(
    'application/json;%s is read as UTF-8',
    async (parameter) => {
      const data = expectNormal(await post(`application/json;${parameter}`, bytes("geography == 'größe 😀'")));
      expect(data).toMatchObject({ valid: true, columns: ['geography'] });
      expect(data.normalized).toContain('größe 😀');
    },
  );

  test.each(['charset=latin1', 'charset=iso-8859-1', 'charset="utf-16"', 'charset=utf-8;charset=latin1', 'v=1; Charset=us-ascii'])(
    'application/json;%s: 415',
    async (parameter) => {
      expectError(await post(`application/json;${parameter}`, bytes('age > 30')), 415, 'UnsupportedMediaType');
    },
  );

  test.each<[string, Buffer]>([
    ['a byte that begins nothing', bytes("geography == 'ÿ'", 'latin1')],
    [
      'half a surrogate pair',
      Buffer.concat([bytes("geography == '").subarray(0, -2), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('\'"}')]),
    ],
    ['an overlong slash', Buffer.concat([bytes("geography == '").subarray(0, -2), Buffer.from([0xc0, 0xaf]), Buffer.from('\'"}')])],
    ['UTF-16', bytes('age > 30', 'utf16le')],
  ])('%s: 400, and never another character', async (_, body) => {
    expectError(await post('application/json', body), 400, 'BadRequest');
  });

  test.each<[string, number]>([
    ['gzip', 415],
    ['GZIP, identity', 415],
    ['x', 415],
    ['identity', 200],
    ['Identity', 200],
  ])('Content-Encoding: %s is %d', async (encoding, status) => {
    const answer = await post(`application/json\r\nContent-Encoding: ${encoding}`, bytes('age > 30'));
    expect(answer.status).toBe(status);
    if (status === 415) expectError(answer, 415, 'UnsupportedMediaType', { says: /compressed/ });
  });

  test('a byte order mark is passed over', async () => {
    expectNormal(await post('application/json', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('age > 30')])));
  });
});

describe('members of an evaluation', () => {
  const whole = { ...subject, rows: [{ age: 40 }] };
  test.each<[string, object, string]>([
    ['definition', { ...whole, definition: null }, 'definition'],
    ['model_id', { ...whole, model_id: null }, 'model_id'],
    ['segment_id', { ...whole, segment_id: null }, 'segment_id'],
    ['explain', { ...whole, explain: null }, 'explain'],
    ['rows', { ...whole, rows: null }, 'rows'],
  ])('%s that is null: 400', async (_, body, field) => {
    expectError(await writer().post('/v3/segments/evaluate', body), 400, 'ValidationError', { field });
  });

  test.each<[unknown, RegExp]>([
    [null, /list/],
    [{}, /list/],
    [[], /at least one/],
    [Array.from({ length: 1_001 }, () => ({})), /at most 1000/],
  ])('rows %#: the message fits', async (rows, says) => {
    expectError(await writer().post('/v3/segments/evaluate', { ...whole, rows }), 400, 'ValidationError', { field: 'rows', says });
  });
});

describe('S23 a member named constructor is a member like any other', () => {
  const prototypes: [string, unknown][] = [
    ['a number', 1],
    ['a text', 'x'],
    ['null', null],
    ['an object', { prototype: { age: 1 } }],
    ['a list', []],
  ];
  test.each(prototypes)('in a row: %s', async (_, constructor) => {
    const body = { ...subject, rows: [{ age: 40, constructor, nested: { constructor, deeper: [{ constructor }] } }] };
    expect(expectNormal(await writer().post('/v3/segments/evaluate', body)).results).toEqual([true]);
  });

  test.each(prototypes)('in a body: %s', async (_, constructor) => {
    expectError(await writer().post('/v3/segments', segment({ constructor })), 400, 'ValidationError', { field: 'constructor' });
  });

  test.each(['name', 'definition', 'model_id', 'description'])('in %s: 400', async (member) => {
    const body = segment({ [member]: { constructor: { prototype: {} } } });
    expectError(await writer().post('/v3/segments', body), 400, 'ValidationError', { field: member });
  });

  test.each(['schema', 'spec', 'task_params', 'xai_params'])('in %s of a model: 400', async (member) => {
    const body = { [member]: { constructor: 1 } };
    const answer = await world.api.as(pia.email).send('PATCH', `/v3/models/${churnV1.id}`, { json: body });
    expectError(answer, 400, 'ValidationError');
  });
});

test('that a definition is too long is a verdict of validate', async () => {
  const data = expectNormal(await writer().post('/v3/segments/validate', { ...subject, definition: 'a'.repeat(10_001) }));
  expect(data).toMatchObject({ valid: false, errors: [{ code: 'FQL_TOO_LONG' }] });
});

describe('the OpenAPI document', () => {
  const schemas = () => world.document.document['components'].schemas as Record<string, any>;

  test('S24 says that answers have no other members, and that unknown members of bodies are refused', () => {
    const open = Object.entries(schemas()).filter(([, schema]) => schema.properties !== undefined && schema.additionalProperties !== false);
    expect(open.map(([name]) => name)).toEqual([]);
  });

  test.each<[string, boolean]>([
    ['plain', true],
    ['größe 😀', true],
    ['a\u0000b', false],
    ['a\nb', false],
    ['a\u0085b', false],
    ['   ', false],
    ['', false],
    ['x'.repeat(255), true],
    ['x'.repeat(256), false],
  ])('name %#: the schema and the service agree', async (name, allowed) => {
    const { pattern, minLength, maxLength } = schemas()['CreateSegmentDto'].properties.name;
    const bySchema = new RegExp(pattern, 'u').test(name) && [...name].length >= minLength && [...name].length <= maxLength;
    const answer = await writer().post('/v3/segments', segment({ name }));
    expect([bySchema, answer.status]).toEqual([allowed, allowed ? 200 : 400]);
  });

  test('a link of an answer leads to what was made', async () => {
    const links = world.document.document['paths']['/v3/segments'].post.responses['200'].links;
    expect(links).toMatchObject({
      getSegmentV3: { operationId: 'getSegmentV3', parameters: { uuid: '$response.body#/data/id' } },
      deleteSegmentV3: { operationId: 'deleteSegmentV3', parameters: { uuid: '$response.body#/data/id' } },
    });
    const { id } = expectNormal(await writer().post('/v3/segments', segment()));
    expectNormal(await writer().get(`/v3/segments/${id}`));
  });

  /** A body made of the examples of its members, as the Swagger UI offers it. */
  const exampleOf = (schema: any): any => {
    if (schema.$ref !== undefined) return exampleOf(schemas()[schema.$ref.split('/').at(-1)]);
    if (schema.example !== undefined) return schema.example;
    if (schema.allOf !== undefined) return exampleOf(schema.allOf[0]);
    if (schema.type === 'array') return [exampleOf(schema.items)];
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, member]) => [name, exampleOf(member)]));
  };

  test('the example of a new model is a model that is taken', async () => {
    const body = exampleOf({ $ref: '#/components/schemas/CreateModelDto' });
    const answer = await world.api.as(pia.email).post('/v3/models', { ...body, project_id: churn.id, version: 'example' });
    expectNormal(answer);
  });
});
