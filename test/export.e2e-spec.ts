import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Query } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { churn, globexModel, out, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { wantAnswer } from './support/server-errors.js';
import { runAdmin } from './support/service.js';
import { tokenOf } from './support/token.js';
import { until } from './support/until.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-export-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const columns = [
  { name: 'age', data_type: 'int' },
  { name: 'region', data_type: 'category' },
];
/** By name. */
const segments = [
  { name: "'-quoted", definition: "'-' == region", description: '' },
  { name: '+49', definition: '-age < -50', description: '=HYPERLINK("http://acme.test","x")' },
  { name: 'Two, with "quotes"', definition: "age > 50 and\r\nregion == 'Hawaii'", description: 'Für die Insel 🌺\nzweite Zeile' },
  { name: 'plain', definition: 'age > 50', description: "'=1" },
];

let made = 0;
const createModel = async (): Promise<{ id: string; name: string }> =>
  expectNormal(await world.api.as(wim.email).post('/v3/models', modelBody({ name: `export ${++made} ü"/`, schema: { columns } })));
const exported = (id: string, query?: Query, as = vic.email) => world.api.as(as).get(`/v3/models/${id}/segments/export`, query);
const admin = (...args: string[]) => runAdmin(world.database.url, args);
const wordsOf = async (id: string) =>
  expectPaginated(await world.api.as(vic.email).get(`/v3/models/${id}/segments`, { limit: 1000 }))
    .map(({ name, definition, description }) => ({ name, definition, description }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

let model: { id: string; name: string };
beforeAll(async () => {
  model = await createModel();
  for (const segment of segments) expectNormal(await world.api.as(wim.email).post('/v3/segments', { model_id: model.id, ...segment }));
});

describe('the file', () => {
  test.each<[Query | undefined]>([[undefined], [{ format: 'json' }]])('JSON: the body of a bulk create, %j', async (query) => {
    const answer = await exported(model.id, query);
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { segments } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="export_${made}_-v1.segments.json"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('CSV: no cell begins as a formula', async () => {
    const answer = await exported(model.id, { format: 'csv' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="export_${made}_-v1.segments.csv"`);
    expect(answer.text.split('\r\n').map((line) => line.replace('\ufeff', ''))).toEqual([
      'name,definition,description',
      "''-quoted,''-' == region,",
      `'+49,'-age < -50,"'=HYPERLINK(""http://acme.test"",""x"")"`,
      '"Two, with ""quotes""","age > 50 and',
      `region == 'Hawaii'","Für die Insel 🌺\nzweite Zeile"`,
      "plain,age > 50,''=1",
      '',
    ]);
  });

  test.each(['json', 'csv'])('%s of no segments', async (format) => {
    const empty = await createModel();
    const { text, status } = await exported(empty.id, { format });
    expect({ status, text: text.replace('\ufeff', '') }).toEqual({
      status: 200,
      text: { json: '{"segments":[]}\n', csv: 'name,definition,description\r\n' }[format],
    });
  });

  test('HEAD tells the same head', async () => {
    const { status, headers, text } = await world.api.as(vic.email).send('HEAD', `/v3/models/${model.id}/segments/export?format=csv`);
    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/csv; charset=utf-8', '']);
  });
});

test('a file that breaks off leaves a line in the log', async () => {
  const { id } = await createModel();
  const many = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => ({ name: `s${String(from + at).padStart(4, '0')}`, definition: 'age > 1' }));
  for (const some of [many(0, 500), many(500, 1_000), many(1_000, 1_001)])
    expectNormal(await world.api.as(wim.email).post(`/v3/models/${id}/segments/bulk`, { segments: some }));
  // More than the sockets between us take: two pages are read ahead, the third one not before they are on their way.
  await world.database.query('UPDATE segment SET description = ? WHERE model_id = ?', ['x'.repeat(40_000), id]);
  const headers = { authorization: `Bearer ${tokenOf(vic.email)}` };
  const asked = get(`${world.service.url}/v3/models/${id}/segments/export`, { headers });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  await world.database.query('ALTER TABLE segment RENAME TO segment_away');
  try {
    await expect(answer.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
  } finally {
    await world.database.query('ALTER TABLE segment_away RENAME TO segment');
  }
  const requestId = String(answer.headers['x-request-id']);
  wantAnswer({ status: 500, headers: new Headers({ 'x-request-id': requestId }) });
  const lineOf = (): string | undefined =>
    world.service
      .logs()
      .split('\n')
      .find((one) => one.includes(requestId) && one.includes('"level":"error"'));
  await until('the line of the error', () => lineOf() !== undefined);
  const line = lineOf();
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    request_id: requestId,
    route: '/v3/models/:model_id/segments/export',
    msg: 'the answer broke off',
    error: { name: expect.any(String), stack: expect.any(Array) },
  });
  expect(line).not.toContain('SELECT');
});

describe('goes back in through import-segments, and changes nothing on the way', () => {
  test.each(['json', 'csv'])('%s, of the route and of the command', async (format) => {
    const other = await createModel();
    const { text } = await exported(model.id, { format });
    const path = join(scratch, `route.${format}`);
    writeFileSync(path, text);
    const imported = await admin('import-segments', '--model', other.id, '--as', wim.email, path, '--write');
    expect({ code: imported.code, stderr: imported.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await wordsOf(other.id)).toEqual(segments);

    const file = join(scratch, `command.${format}`);
    const place = `${churn.name}/${model.name}/v1`;
    const toFile = await admin('export', place, '--as', vic.email, '--format', format, '--out', file);
    expect(toFile).toEqual({ code: 0, stdout: '', stderr: '' });
    // The decoder of answers drops the byte order mark, which a file keeps.
    expect(readFileSync(file, 'utf8').replace('\ufeff', '')).toBe(text);
    const toOutput = await admin('export', other.id, '--as', vic.email, '--format', format);
    expect({ ...toOutput, stdout: toOutput.stdout.replace('\ufeff', '') }).toEqual({ code: 0, stdout: text, stderr: '' });
  });

  test('many segments, page after page', async () => {
    const other = await createModel();
    const rows = Array.from({ length: 1_500 }, (_, index) => ({
      name: `s${String(index).padStart(5, '0')}`,
      definition: `age > ${index}`,
    }));
    const path = join(scratch, 'many.json');
    writeFileSync(path, JSON.stringify(rows));
    expect((await admin('import-segments', '--model', other.id, '--as', wim.email, path, '--write')).code).toBe(0);
    const answer = await exported(other.id);
    expect(answer.body).toEqual({ segments: rows.map((row) => ({ ...row, description: '' })) });
  });
});

describe('refused', () => {
  test.each<[string, Query, string, RegExp]>([
    ['an unknown format', { format: 'xml' }, 'format', /Known: json, csv/],
    ['an empty format', { format: '' }, 'format', /unknown/],
    ['a name from everywhere', { format: 'constructor' }, 'format', /Known: json, csv/],
    ['a format twice', 'format=csv&format=json', 'format', /more than once/],
    ['a misspelt parameter', { fromat: 'csv' }, 'fromat', /Did you mean "format"/],
  ])('%s', async (_, query, field, says) => {
    expectError(await exported(model.id, query), 400, 'BadRequest', { field, says });
  });

  test.each<[number, string, () => [string, string]]>([
    [403, 'Forbidden', () => [model.id, out.email]],
    [404, 'ObjectNotFound', () => [globexModel.id, vic.email]],
  ])('%d %s', async (status, reason, ask) => {
    const [id, as] = ask();
    expectError(await exported(id, { format: 'x' }, as), status, reason);
  });

  test.each<[string, string[], RegExp]>([
    ['somebody without a role', [out.email], /role does not allow you to read/],
    ['nobody', ['nobody@acme.test'], /No user nobody@acme\.test/],
    ['a directory that is not there', [vic.email, '--out', join(scratch, 'no', 'x.json')], /its directory does not exist/],
    ['a directory', [vic.email, '--out', scratch], /is a directory/],
  ])('the command: %s', async (_, [email, ...more], says) => {
    const { code, stdout, stderr } = await admin('export', model.id, '--as', email!, ...more);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(says) });
  });

  test.each<[string, string[], RegExp]>([
    ['an unknown format', ['--as', vic.email, '--format', 'xml'], /Allowed choices are json, csv/],
    ['nobody named', [], /--as <email>/],
  ])('the command line: %s', async (_, more, says) => {
    expect(await admin('export', model.id, ...more)).toMatchObject({ code: 2, stderr: expect.stringMatching(says) });
  });
});
