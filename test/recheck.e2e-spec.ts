import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { out, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { runAdmin } from './support/service.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-recheck-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const columns = [
  { name: 'age', data_type: 'int' },
  { name: 'region', data_type: 'category', categories: ['Hawaii', 'Texas'] },
  { name: 'active', data_type: 'bool' },
];
const definitions: Record<string, string> = {
  adults: 'age >= 18',
  'active islanders': "region == 'Hawaii' and active",
  'named like islands': "match(region, '(?i)^ha')",
  everybody: 'age >= 0 or is_null(age)',
};

let model: { id: string };
const recheck = (body: unknown, as = vic.email, id = model.id) => world.api.as(as).post(`/v3/models/${id}/segments/recheck`, body);

beforeAll(async () => {
  const body = modelBody({ schema: { columns } });
  model = expectNormal(await world.api.as(wim.email).post('/v3/models', body));
  for (const [name, definition] of Object.entries(definitions))
    expectNormal(await world.api.as(wim.email).post('/v3/segments', { model_id: model.id, name, definition }));
});

describe('what would break', () => {
  const without = (...names: string[]) => columns.filter(({ name }) => !names.includes(name));
  const typed = (name: string, data_type: string) => columns.map((one) => (one.name === name ? { name, data_type } : one));

  test.each<[string, object[], string[]]>([
    ['nothing with the same columns', columns, []],
    ['nothing with one more', [...columns, { name: 'more', data_type: 'float' }], []],
    ['nothing when a number becomes another', typed('age', 'float'), []],
    ['a column that goes', without('region'), ['active islanders', 'named like islands']],
    ['a column that becomes a text', typed('age', 'str'), ['adults', 'everybody']],
    ['a column that cannot be compared', typed('active', 'timestamp'), ['active islanders']],
    ['all, without columns', [], ['active islanders', 'adults', 'everybody', 'named like islands']],
  ])('%s', async (_, wanted, names) => {
    const before = await world.database.content();
    const { broken, ...counts } = expectNormal(await recheck({ columns: wanted }));
    expect(counts).toEqual({ segment_count: 4, ok_count: 4 - names.length, broken_count: names.length, unchecked_count: 0 });
    expect(broken.map(({ name, definition }: any) => [name, definition])).toEqual(names.map((name) => [name, definitions[name]]));
    expect(await world.database.content()).toEqual(before);
  });

  test('each with its errors, as a change of the model refuses it', async () => {
    const { broken } = expectNormal(await recheck({ columns: without('age') }));
    expect(broken[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'adults',
      definition: 'age >= 18',
      errors: [
        {
          code: 'FQL_UNKNOWN_COLUMN',
          message: expect.stringContaining('No column "age" in this model.'),
          help: expect.any(String),
          position: { offset: 0, length: 3, line: 1, column: 1 },
          snippet: 'age >= 18\n^^^',
          suggestions: expect.any(Array),
        },
      ],
    });
    const change = await world.api
      .as(wim.email)
      .send('PATCH', `/v3/models/${model.id}`, { json: { schema: { columns: without('age') }, spec: {} } });
    const refused = expectError(change, 409, 'Conflict');
    expect(refused.map(({ message }) => message)).toEqual(
      broken.map(({ name, errors }: any) => `The segment "${name}" would break: ${errors[0].message}`),
    );
  });

  test('those that read a column are what the list finds by it', async () => {
    const filter = { field: 'columns', operator: 'any', value: ['region', 'no such'] };
    const found = expectPaginated(await world.api.as(vic.email).get(`/v3/models/${model.id}/segments`, { filter }));
    const { broken } = expectNormal(await recheck({ columns: without('region') }));
    expect(found.map(({ id }) => id)).toEqual(broken.map(({ id }: any) => id));
  });

  test('of many segments all are counted, and the first 500 shown', async () => {
    const many = expectNormal(await world.api.as(wim.email).post('/v3/models', modelBody({ name: 'many', schema: { columns } })));
    const rows = Array.from(
      { length: 603 },
      (_, index) => `s ${String(index).padStart(5, '0')},${index % 2 === 0 ? '' : 'active and '}age > ${index}`,
    );
    const file = join(scratch, 'many.csv');
    writeFileSync(file, `name,definition\n${rows.join('\n')}\n`);
    const { code, stderr } = await runAdmin(world.database.url, [
      'import-segments',
      '--model',
      many.id,
      '--as',
      wim.email,
      file,
      '--write',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answer = expectNormal(await recheck({ columns: without('age') }, vic.email, many.id));
    expect(answer).toMatchObject({ segment_count: 603, ok_count: 0, broken_count: 603, unchecked_count: 0 });
    expect(answer.broken.map(({ name }: any) => name)).toEqual(rows.slice(0, 500).map((row) => row.split(',')[0]));
    expect(expectNormal(await recheck({ columns: without('active') }, vic.email, many.id))).toMatchObject({
      ok_count: 302,
      broken_count: 301,
    });
  }, 60_000);
});

describe('refused', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['no columns', {}, 'columns', /columns must be a list/],
    ['no list', { columns: 'age' }, 'columns', /must be a list/],
    ['no type', { columns: [{ name: 'age' }] }, 'columns[0].data_type', /must be one of float, int/],
    ['a type that is none', { columns: [{ name: 'age', data_type: 'number' }] }, 'columns[0].data_type', /must be one of/],
    ['an unknown member', { columns: [{ name: 'age', data_type: 'int', x: 1 }] }, 'columns[0].x', /Unknown member "x" in columns\[0\]/],
    ['a name twice', { columns: [columns[0], columns[0]] }, 'columns[1].name', /repeats the name/],
    ['min above max', { columns: [{ ...columns[0], min: 2, max: 1 }] }, 'columns[0].min', /is above max/],
    ['too many', { columns: Array.from({ length: 2_001 }, (_, at) => ({ name: `c${at}`, data_type: 'int' })) }, 'columns', /at most 2000/],
    ['a schema', { schema: { columns } }, 'schema', /Unknown member "schema"/],
  ])('%s', async (_, body, field, says) => {
    expectError(await recheck(body), 400, 'ValidationError', { field, says });
  });

  test('by who may not read the model', async () => expectError(await recheck({}, out.email), 403, 'Forbidden'));
});
