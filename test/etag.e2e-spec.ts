import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from './support/api.js';
import { expectError, expectNormal } from './support/envelope.js';
import { ada, churn, churnV1, fixtureFile, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { runAdmin } from './support/service.js';
import { withStatements } from './support/statements.js';
import { useWorld } from './support/world.js';

const world = useWorld();
let segment: any;
beforeAll(async () => {
  const create = { model_id: churnV1.id, name: 'kept by clients', definition: 'age > 30' };
  segment = expectNormal(await world.api.as(wim.email).post('/v3/segments', create));
});

/** Everything that is read by its id, with somebody who may read it. */
const things: [string, () => string][] = [
  ['a segment', () => `/v3/segments/${segment.id}`],
  ['a model', () => `/v3/models/${churnV1.id}`],
  ['a project', () => `/v3/projects/${churn.id}`],
];
const ask = (path: string, ifNoneMatch?: string, method = 'GET', email = vic.email): Promise<Answer> =>
  world.api.as(email).send(method, path, ifNoneMatch === undefined ? {} : { headers: { 'if-none-match': ifNoneMatch } });
const tagOf = async (path: string): Promise<string> => String((await ask(path)).headers.get('etag'));
const caching = ({ headers }: Answer) => [headers.get('etag'), headers.get('cache-control')];
const private_ = 'private, no-cache';

describe.each(things)('%s', (_, at) => {
  test('has a weak tag, the same for everybody and every time, and may be kept', async () => {
    const answers = [await ask(at()), await ask(at()), await ask(at(), undefined, 'GET', pia.email)];
    for (const answer of answers) expectNormal(answer);
    const [tag] = caching(answers[0]!);
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(answers.map(caching)).toEqual(answers.map(() => [tag, private_]));
  });

  test('304 to who has it: no body, the same tag', async () => {
    const tag = await tagOf(at());
    const answer = await ask(at(), tag);
    expect({ status: answer.status, text: answer.text, caching: caching(answer) }).toEqual({
      status: 304,
      text: '',
      caching: [tag, private_],
    });
    expect([answer.headers.get('content-type'), answer.headers.get('content-length')]).toEqual([null, null]);
    expect(answer.headers.get('x-request-id')).toMatch(/\S/);
  });

  /** RFC 9110 section 13.1.2: `TAG` stands for the present tag without the mark of weakness. */
  test.each<[string, string, number]>([
    ['weak', 'W/TAG', 304],
    ['strong, compared weakly', 'TAG', 304],
    ['any', '*', 304],
    ['any, with blanks', '  * ', 304],
    ['in a list', '"x", W/TAG , W/"y"', 304],
    ['in a list without blanks', '"x",TAG,"y"', 304],
    ['in a list with empty members', ', ,TAG,', 304],
    ['a tag with a comma in it, then ours', '"a,b", TAG', 304],
    ['another', 'W/"x"', 200],
    ['an empty one', '""', 200],
    ['ours inside another', '"xTAGx"', 200],
    ['several others', '"x", W/"y"', 200],
    ['in small letters', 'w/TAG', 200],
    ['without quotes', 'BARE', 200],
    ['without its end', '"BARE', 200],
    ['with something behind it', 'TAG x', 200],
    ['any, and more', '*, TAG', 200],
    ['without a comma between', '"x" TAG', 200],
    ['nothing', '', 200],
  ])('%s: %s is %d', async (_name, header, status) => {
    const tag = await tagOf(at());
    const quoted = tag.slice(2);
    const sent = header
      .replace('"xTAGx"', `"x${quoted.slice(1, -1)}x"`)
      .replace('TAG', quoted)
      .replace('BARE', quoted.slice(1, -1));
    const answer = await ask(at(), sent);
    expect([answer.status, ...caching(answer)]).toEqual([status, tag, private_]);
    if (status === 200) expectNormal(answer);
  });

  test('HEAD says the same without a body', async () => {
    const tag = await tagOf(at());
    const [whole, known, other] = [await ask(at(), undefined, 'HEAD'), await ask(at(), tag, 'HEAD'), await ask(at(), '"x"', 'HEAD')];
    expect([whole, known, other].map((answer) => [answer.status, answer.text, ...caching(answer)])).toEqual([
      [200, '', tag, private_],
      [304, '', tag, private_],
      [200, '', tag, private_],
    ]);
  });

  test.each<[string, string, number, string]>([
    ['an Org Admin by that role alone', ada.email, 403, 'Forbidden'],
    ['somebody without a role', out.email, 403, 'Forbidden'],
    ['another organization', gus.email, 404, 'ObjectNotFound'],
  ])('%s is told nothing', async (_name, email, status, reason) => {
    for (const known of [undefined, '*', await tagOf(at())]) {
      const answer = await ask(at(), known, 'GET', email);
      expectError(answer, status, reason);
      expect(caching(answer)).toEqual([null, 'no-store']);
    }
  });

  test('without a token: 401; what is not there: 404; no id: 400; an unknown parameter: 400', async () => {
    const headers = { 'if-none-match': '*' };
    expectError(await world.api.anonymous.send('GET', at(), { headers }), 401, 'Unauthorized');
    expectError(await ask(at().replace(/[^/]+$/, nobodysId), '*'), 404, 'ObjectNotFound');
    expectError(await ask(at().replace(/[^/]+$/, 'seniors'), '*'), 400, 'BadRequest');
    expectError(await ask(`${at()}?expand=all`, '*'), 400, 'BadRequest');
  });
});

describe('what is shown has changed: another tag, and the whole answer to who has the former', () => {
  const expectChange = async (paths: readonly string[], change: () => Promise<unknown>): Promise<any[]> => {
    const before = await Promise.all(paths.map(tagOf));
    await change();
    const answers = await Promise.all(paths.map((path, at) => ask(path, before[at])));
    answers.forEach((answer, at) => expect(answer.headers.get('etag')).not.toBe(before[at]));
    return answers.map((answer) => expectNormal(answer));
  };

  test('the version of the model, which its segments show too', async () => {
    const create = modelBody({ project_id: churn.id, name: 'renamed', version: 'v1' });
    const model = expectNormal(await world.api.as(wim.email).post('/v3/models', create));
    const its = { model_id: model.id, name: 'of a renamed model', definition: 'age > 1' };
    const shown = expectNormal(await world.api.as(wim.email).post('/v3/segments', its));
    const rename = () => world.api.as(wim.email).send('PATCH', `/v3/models/${model.id}`, { json: { version: 'v2' } });
    const [after, ofModel] = await expectChange([`/v3/segments/${shown.id}`, `/v3/models/${model.id}`], rename);
    expect([after.model.version, ofModel.version]).toEqual(['v2', 'v2']);
  });

  test('the name of who made it', async () => {
    const content = JSON.parse(readFileSync(fixtureFile, 'utf8'));
    for (const user of content.organizations.flatMap(({ users }: any) => users))
      if (user.email === wim.email) user.full_name = 'Wim Anders';
    const directory = mkdtempSync(join(tmpdir(), 'segments-etag-'));
    const file = join(directory, 'fixture.json');
    writeFileSync(file, JSON.stringify(content));
    const rename = async () => expect((await runAdmin(world.database.url, ['apply', file])).code).toBe(0);
    const [after] = await expectChange([`/v3/segments/${segment.id}`], rename);
    expect(after.created_by.full_name).toBe('Wim Anders');
    rmSync(directory, { recursive: true });
  });

  test('a reference does not change the segment', async () => {
    const path = `/v3/segments/${segment.id}`;
    const tag = await tagOf(path);
    expectNormal(await world.api.as(wim.email).send('PUT', `${path}/references/alert/1`, { json: {} }));
    expect((await ask(path, tag)).status).toBe(304);
    expect((await world.api.as(wim.email).delete(`${path}/references/alert/1`)).status).toBe(200);
  });

  test('once it is deleted, who has it is told 404', async () => {
    const create = { model_id: churnV1.id, name: 'kept, then deleted', definition: 'age > 30' };
    const { id } = expectNormal(await world.api.as(wim.email).post('/v3/segments', create));
    const tag = await tagOf(`/v3/segments/${id}`);
    expect((await world.api.as(wim.email).delete(`/v3/segments/${id}`)).status).toBe(200);
    for (const known of [tag, '*']) expectError(await ask(`/v3/segments/${id}`, known), 404, 'ObjectNotFound');
  });
});

test('lists and answers to writes have no tag and are not kept', async () => {
  const answers = [
    await ask('/v3/segments', '*'),
    await ask(`/v3/models/${churnV1.id}/segments`, '*'),
    await world.api.as(wim.email).post('/v3/segments', { model_id: churnV1.id, name: 'untagged', definition: 'age > 30' }),
  ];
  expect(answers.map((answer) => [answer.status, ...caching(answer)])).toEqual(answers.map(() => [200, null, 'no-store']));
});

test('who has it costs one statement, which reads nothing of what the segment says', async () => {
  await withStatements(world.database.url, { DATABASE_POOL_SIZE: '1' }, async ({ api, statementsOf }) => {
    const path = `/v3/segments/${segment.id}`;
    /** Who asks is looked up now and then, and is no matter here. */
    const statements = async (known?: string): Promise<[number, string[]]> => {
      let status = 0;
      const all = await statementsOf(async () => {
        ({ status } = await api.as(vic.email).send('GET', path, known === undefined ? {} : { headers: { 'if-none-match': known } }));
      });
      return [status, [...new Set(all.filter((sql) => /\bsegment\b/i.test(sql)))]];
    };
    const tag = String((await api.as(vic.email).get(path)).headers.get('etag'));
    const [whole, known, other] = [await statements(), await statements(tag), await statements('"x"')];
    expect([whole[0], known[0], other[0]]).toEqual([200, 304, 200]);
    expect([whole[1].length, known[1].length, other[1].length]).toEqual([1, 1, 2]);
    expect(whole[1][0]).toMatch(/definition/);
    expect(known[1][0]).not.toMatch(/definition|description|\bname\b|full_name|email|organization o\b|project p\b/);
  });
});
