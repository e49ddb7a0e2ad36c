import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Query } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { churnV1, pia, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { promptly } from './support/promptly.js';
import { useWorld } from './support/world.js';

/** S64: in every place that takes a text, a text is data and never syntax: it comes back as it was sent, or the answer is 400. */
const world = useWorld();
const writer = () => world.api.as(wim.email);

const texts: [what: string, text: string][] = [
  ['a quote', "it's"],
  ['double quotes', '"'],
  ['backticks', '`'],
  ['a backslash at the end', 'end\\'],
  ['a backslash before a quote', "\\'"],
  ['two backslashes before a quote', "\\\\'"],
  ['SQL that would end a text', "x' OR '1'='1"],
  ['SQL that would end a statement', "'; DROP TABLE segment; --"],
  ['comments', '/*!50000 x*/ -- # x'],
  ['wildcards', '%_%'],
  ['escaped wildcards', '\\%\\_'],
  ['placeholders', '? ?? :name @name ${x} $1'],
  ['hexadecimal', '0xbf27'],
  ['templates', '{{7*7}}${7}<%= 7 %>'],
  ['markup', '<script>alert(1)</script>&amp;'],
  ['JSON', '{"$ne":null}'],
  ['a formula', '=1+1'],
  ['a ligature', 'ﬀ'],
  ['a combining mark', 'e\u0301'],
  ['an emoji of four bytes', '\u{1F525}'],
  ['a family, joined', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}'],
  ['the last character', '\u{10FFFF}'],
  ['no character, by number', '\uFFFE\uFFFF'],
  ['a mark that turns the text', 'a\u202Eb\u200F'],
  ['blanks of no width', 'a\u200B\uFEFFb'],
  ['wide blanks', 'a\u00A0\u3000b'],
  ['a line of its own', 'a\u2028b'],
  ['names of prototypes', '__proto__'],
  ['a word of the language', 'null'],
  ['NUL', 'a\u0000b'],
  ['a bell and an escape', 'a\u0007\u001Bb'],
  ['delete and a C1 control', 'a\u007F\u0085b'],
  ['a first half', 'a\uD83D'],
  ['a second half', '\uDE00b'],
  ['halves the wrong way round', '\uDE00\uD83D'],
];

let made = 0;
const unique = (text: string): string => `${text} ${++made}`;
const rule = (field: string, operator: string, value: unknown) => ({ field, operator, value });
/** A text of the language: in quotes, with those inside doubled; a backslash means itself. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What was stored, or undefined where the text was refused: with 400 for this reason, and nothing else. */
function storedOf(answer: Answer, refusal = 'ValidationError'): any {
  if (answer.status === 200) return expectNormal(answer);
  expectError(answer, 400, refusal);
  return undefined;
}
const isControl = (text: string): boolean => /\p{Cc}/u.test(text);
const isBroken = (text: string): boolean => !text.isWellFormed();
/** A definition that turns its own text would show other than it is, so the language wants such marks left out. */
const isTurned = (text: string): boolean => /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text);

describe.each(texts)('S64 %s', (_, text) => {
  const create = (changes: object) =>
    writer().post('/v3/segments', { model_id: churnV1.id, name: unique('S64'), definition: 'age > 1', ...changes });

  test.each(['name', 'description'])('as %s', async (member) => {
    const sent = unique(text);
    const stored = storedOf(await create({ [member]: sent }));
    if (isControl(sent) || isBroken(sent)) return void expect(stored).toBeUndefined();
    expect(stored).toMatchObject({ [member]: sent });
    const again = expectNormal(await writer().get(`/v3/segments/${stored.id}`));
    expect(again).toEqual(stored);
    const found = await writer().get('/v3/segments', { filter: rule(member, 'equal', sent) });
    expect(expectPaginated(found)).toEqual([stored]);
  });

  test('in a definition', async () => {
    const definition = `geography == ${literal(text)}`;
    const stored = storedOf(await create({ definition }), 'FQL_UNEXPECTED_CHARACTER');
    if (isControl(text) || isBroken(text) || isTurned(text)) return void expect(stored).toBeUndefined();
    expect(stored.definition).toBe(definition);
    const rows = [{ geography: text }, { geography: `${text}x` }, { geography: null }];
    const evaluated = expectNormal(await writer().post('/v3/segments/evaluate', { segment_id: stored.id, rows, explain: true }));
    expect(evaluated.results).toEqual([true, false, null]);
  });

  test('as a row to evaluate: data, whatever it is', async () => {
    const body = { model_id: churnV1.id, definition: "geography == 'x'", rows: [{ geography: text, [text]: text }], explain: true };
    const answer = await writer().post('/v3/segments/evaluate', body);
    if (text === '__proto__') return expectError(answer, 400, 'BadRequest') as never;
    expect(expectNormal(answer).results).toEqual([false]);
  });

  test('as the value of a filter, by every operator that takes a text', async () => {
    for (const field of ['name', 'description', 'definition', 'fingerprint', 'created_by.email', 'model.version', 'columns'])
      for (const [operator, value] of [
        ['equal', text],
        ['in', [text]],
        ['contains', text],
        ['begins_with', text],
        ['ends_with', text],
        ['less', text],
        ['between', [text, text]],
      ] as const) {
        if (field === 'columns' && operator !== 'in') continue;
        const answer = await writer().get('/v3/segments', { filter: rule(field, operator, value) });
        if (answer.status === 200) expectPaginated(answer);
        else expectError(answer, 400, 'InvalidFilter');
        expect(answer.status).toBe(isBroken(text) ? 400 : 200);
      }
  });

  test('as a field, an operator or a condition of a filter: 400', async () => {
    for (const filter of [rule(text, 'equal', 'x'), rule('name', text, 'x'), { condition: text, rules: [] }, text])
      expectError(await writer().get('/v3/segments', { filter: JSON.stringify(filter) }), 400, 'InvalidFilter');
  });

  test('as search, ordering, limit, and a parameter of no list', async () => {
    const ask = (query: Query) => writer().get('/v3/segments', query);
    expectPaginated(await ask({ search: text }));
    expectError(await ask({ ordering: text }), 400, 'InvalidOrdering');
    expectError(await ask({ limit: text }), 400, 'InvalidPagination');
    expectError(await ask({ [text]: 'x' }), 400, 'BadRequest');
  });

  test('as an id', async () => {
    expectError(await create({ model_id: text }), 400, 'ValidationError', { field: 'model_id' });
    const id = encodeURIComponent(text.toWellFormed());
    for (const path of [`/v3/segments/${id}`, `/v3/models/${id}/segments`, `/v3/jobs/${id}`])
      expectError(await writer().get(path), 400, 'BadRequest');
  });

  test('in a model: its name, a column, a category', async () => {
    const body = modelBody({
      name: unique(text),
      schema: { columns: [{ name: text, data_type: 'category', categories: [text] }] },
      spec: { inputs: [text] },
      description: text,
    });
    const answer = await world.api.as(pia.email).post('/v3/models', body);
    const stored = storedOf(answer);
    if (isControl(text) || isBroken(text)) return void expect(stored).toBeUndefined();
    expect([stored.name, stored.description]).toEqual([body.name, text]);
    expect(stored.schema.columns[0]).toMatchObject({ name: text, categories: [text] });
    expect(expectNormal(await world.api.as(pia.email).get(`/v3/models/${stored.id}`))).toEqual(stored);
    const definition = `"${text.replaceAll('"', '""')}" == ${literal(text)}`;
    const verdict = expectNormal(await world.api.as(pia.email).post('/v3/segments/validate', { model_id: stored.id, definition }));
    expect(verdict).toMatchObject(isTurned(text) ? { valid: false } : { valid: true, columns: [text] });
  });

  test('in headers that we read', async () => {
    const readable = /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text.toWellFormed());
    for (const header of ['x-request-id', 'x-fiddler-client-name', 'x-forwarded-for', 'if-none-match', 'accept-language', 'origin'])
      expectPaginated(await writer().send('GET', '/v3/segments', { headers: { [header]: readable } }));
  });
});

describe('S64 nothing of it was taken for SQL', () => {
  let counts: number[];
  beforeAll(async () => {
    const tables = ['organization', 'user', 'project', 'project_member', 'model', 'segment'];
    counts = await Promise.all(
      tables.map(async (table) => Number((await world.database.query(`SELECT COUNT(*) AS n FROM ${quoted(table)}`))[0]!['n'])),
    );
  });
  const quoted = (table: string): string => (world.database.url.startsWith('sqlite') ? `"${table}"` : `\`${table}\``);

  test('every table is there, with the two tenants in it', () => {
    for (const count of counts) expect(count).toBeGreaterThan(1);
  });

  test('no statement failed on the way', () => {
    expect(world.service.logs()).not.toMatch(/"level":"(?:error|fatal)"|InternalServerError|ER_PARSE_ERROR|syntax error/);
  });
});

test('S44 a long text in any place of a list is answered at once', async () => {
  const query = (name: string, text: string) => `${name}=${encodeURIComponent(text).replaceAll('%20', '+')}`;
  const filter = (value: string) => JSON.stringify(rule('created_at', 'equal', value));
  for (const one of [
    ...[' ', ':', '-', '.', 'a', 'a b', '_'].flatMap((char) =>
      ['ordering', 'search', 'limit', 'filter'].map((name) => query(name, `a${char.repeat(9_000 / char.length)}!`)),
    ),
    `ordering=a${'+'.repeat(31_000)}b`,
    query('filter', filter(`2020-01-01T00:00:00.${'0'.repeat(7_900)}1Z`)),
  ]) {
    expect((await promptly(() => writer().get('/v3/segments', one))).status).toBe(400);
  }
}, 60_000);

test('S46 wildcards of LIKE are letters like others, however many, over the longest text', async () => {
  const wildcards = '%a'.repeat(8);
  const create = (name: string, description: string) =>
    writer().post('/v3/segments', { model_id: churnV1.id, name, definition: 'age > 46', description });
  expectNormal(await create('S46 letters', 'a'.repeat(2_000)));
  const { id } = expectNormal(await create('S46 wildcards', `${wildcards}${'a'.repeat(1_984)}`));
  for (const query of <Query[]>[
    { search: wildcards },
    { filter: rule('description', 'contains', wildcards) },
    { filter: rule('description', 'begins_with', wildcards) },
    { search: '_'.repeat(100) },
  ]) {
    const found = expectPaginated(await promptly(() => writer().get('/v3/segments', query)));
    expect(found.map((segment) => segment.id)).toEqual(JSON.stringify(query).includes('%') ? [id] : []);
  }
});

test.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '(a*)*b', '(.*a){12}b', '(?:a?){20}a{20}c'])(
  'S44 a pattern that makes other engines hang: %s',
  async (pattern) => {
    const body = { model_id: churnV1.id, definition: `match(comment, '${pattern}')`, rows: [{ comment: `${'a'.repeat(50_000)}!` }] };
    const answer = await promptly(() => writer().post('/v3/segments/evaluate', body), 3_000);
    expect(expectNormal(answer).results).toEqual([false]);
  },
);
