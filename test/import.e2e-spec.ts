import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { engine } from './support/database.js';
import { expectPaginated } from './support/envelope.js';
import { churnV1, churnV2, globexModel, off, vic, wim } from './support/fixtures.js';
import { runAdmin } from './support/service.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-import-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let files = 0;
function file(text: string, extension: string): string {
  const path = join(scratch, `${++files}.${extension}`);
  writeFileSync(path, text);
  return path;
}
const json = (value: unknown) => file(JSON.stringify(value), 'json');
const importing = (path: string, ...options: string[]) =>
  runAdmin(world.database.url, ['import-segments', '--model', 'churn/churn_model/v1', '--as', wim.email, path, ...options]);
const segmentsOf = async (model: { id: string }) =>
  expectPaginated(await world.api.as(wim.email).get(`/v3/models/${model.id}/segments`, { limit: 1000 }));
/** What happens before or without a database is tried once, not once for each. */
const onSqlite = engine === 'sqlite' ? describe : describe.skip;

/** As a spreadsheet saves it: a byte order mark, CRLF, quotes. Two rows are good. */
const spreadsheet = [
  '\ufeffname,definition,description',
  'Thirties,age >= 30 and age < 40,',
  '"Two, with ""quotes""","age > 50 and',
  "geography == 'Hawaii'\",Für die Insel 🌺",
  'Typo,agee > 60,',
  'Comma,age in [1, 2],x',
  'Thirties,age > 1,',
  ',age > 1,',
  '',
].join('\r\n');
const csv = () => file(spreadsheet, 'csv');

describe('import-segments', () => {
  test('by itself it only tells: each row with its line, what is wrong, and how to mend it', async () => {
    const before = await world.database.content();
    const { code, stdout, stderr } = await importing(csv());
    expect(stdout.trimEnd().split('\n')).toEqual([
      'create    row 1 (line 2)  Thirties',
      'create    row 2 (line 3)  Two, with "quotes"',
      'refused   row 3 (line 5)  Typo',
      '  definition: No column "agee" in this model. Did you mean age? (FQL_UNKNOWN_COLUMN, line 1, column 1)',
      '    agee > 60',
      '    ^^^^',
      '    → Replace by age',
      'refused   row 4 (line 6)  Comma',
      '  The row has 4 fields where the header has 3. (WrongNumberOfFields)',
      '    Put a field that holds a comma in quotes: "age in [1, 2]".',
      'refused   row 5 (line 7)  Thirties',
      '  name: Row 1 (line 2) has the name "Thirties" already.',
      '    Names are unique in a model; case matters.',
      'refused   row 6 (line 8)',
      '  name must not be empty.',
      '2 would be created, 0 exist already unchanged, 4 refused',
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Dry run: nothing was written. Add --write to store them.\n' });
    expect(await world.database.content()).toEqual(before);
  });

  test('--write is all or nothing', async () => {
    const before = await world.database.content();
    const { code, stdout, stderr } = await importing(csv(), '--write');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('2 would be created, 0 exist already unchanged, 4 refused');
    expect(code).toBe(1);
    expect(stderr).toBe('Nothing was written, since 4 rows were refused. Mend the file, or add --skip-invalid to store the others.\n');
    expect(await world.database.content()).toEqual(before);
  });

  test('--skip-invalid stores the good rows, as if created through the API by that user; a second time changes nothing', async () => {
    const { code, stdout, stderr } = await importing(csv(), '--write', '--skip-invalid', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ written: true, summary: { create: 2, unchanged: 0, refused: 4 } });
    expect(report.rows[2].problems).toEqual([
      expect.objectContaining({
        code: 'FQL_UNKNOWN_COLUMN',
        field: 'definition',
        position: { offset: 0, length: 4, line: 1, column: 1 },
        snippet: 'agee > 60\n^^^^',
      }),
    ]);

    const found = (await segmentsOf(churnV1)).filter(({ name }) => /Thirties|Two/.test(name));
    expect(found).toMatchObject([
      {
        name: 'Thirties',
        definition: 'age >= 30 and age < 40',
        description: '',
        created_by: { email: wim.email },
        project: { name: 'churn' },
      },
      { name: 'Two, with "quotes"', definition: "age > 50 and\r\ngeography == 'Hawaii'", description: 'Für die Insel 🌺' },
    ]);
    const byColumn = { field: 'columns', operator: 'any', value: ['geography'] };
    const withColumn = expectPaginated(await world.api.as(wim.email).get('/v3/segments', { filter: byColumn }));
    expect(withColumn.map(({ name }) => name)).toContain('Two, with "quotes"');

    const before = await world.database.content();
    const again = await importing(csv(), '--write', '--skip-invalid');
    expect(again.code).toBe(0);
    expect(again.stdout.trimEnd().split('\n').at(-1)).toBe('0 created, 2 exist already unchanged, 4 refused');
    expect(await world.database.content()).toEqual(before);
  });

  test('what a list request answered goes into another version of the model', async () => {
    const answer = await world.api.as(wim.email).get(`/v3/models/${churnV1.id}/segments`, { limit: 1000 });
    const path = file(answer.text, 'json');
    const names = (await segmentsOf(churnV1)).map(({ name }) => name);
    const known = (await segmentsOf(churnV2)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(3);
    const { code, stdout, stderr } = await runAdmin(world.database.url, [
      'import-segments',
      '--model',
      churnV2.id,
      '--as',
      wim.email,
      path,
      '--write',
      '--json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).summary).toMatchObject({ refused: 0 });
    expect((await segmentsOf(churnV2)).map(({ name }) => name).sort()).toEqual([...new Set([...names, ...known])].sort());
  });

  test('a name that is taken by something else is a conflict, in JSON each place by its path', async () => {
    const [there] = await segmentsOf(churnV1);
    const path = json({
      segments: [
        { name: 'fresh', definition: 'age > 9' },
        { name: there.name, definition: 'age > 1', description: 'x' },
        { name: 5, colour: 1 },
        'x',
      ],
    });
    const { code, stdout } = await importing(path, '--json');
    expect(code).toBe(1);
    const { rows, written } = JSON.parse(stdout);
    expect(written).toBe(false);
    expect(rows.map(({ place, change, problems }: any) => [place, change, problems.map(({ code, field }: any) => [code, field])])).toEqual([
      ['segments[0]', 'create', []],
      [
        'segments[1]',
        'refused',
        [
          ['Conflict', 'definition'],
          ['Conflict', 'description'],
        ],
      ],
      [
        'segments[2]',
        'refused',
        expect.arrayContaining([
          ['ValidationError', 'name'],
          ['ValidationError', 'definition'],
          ['ValidationError', 'colour'],
        ]),
      ],
      ['segments[3]', 'refused', [['ValidationError', undefined]]],
    ]);
    expect(rows[1].problems[0].message).toBe(`A segment named "${there.name}" exists already with another definition: ${there.definition}`);
  });

  test('two at once: every name is there once, and neither breaks', async () => {
    const path = json(Array.from({ length: 40 }, (_, index) => ({ name: `twin ${index}`, definition: `age > ${index}` })));
    const outcomes = await Promise.all([importing(path, '--write'), importing(path, '--write')]);
    for (const { code, stderr } of outcomes)
      expect(code === 0 ? '' : stderr).toMatch(/^$|^Somebody created a segment with one of these names/);
    expect(outcomes.some(({ code }) => code === 0)).toBe(true);
    expect((await segmentsOf(churnV1)).filter(({ name }) => name.startsWith('twin')).length).toBe(40);
  }, 60_000);
});

onSqlite('import-segments refuses', () => {
  const good = () => json([{ name: 'x', definition: 'age > 1' }]);
  const to = (model: string, as: string, path: string) => ['--model', model, '--as', as, path];
  const there = 'churn/churn_model/v1';
  test.each<[string, () => string[], number, RegExp]>([
    [
      'a model that is not there, naming those that are',
      () => to('churn/churn_modle/v1', wim.email, good()),
      1,
      /Did you mean churn\/churn_model\/v1\? There are: churn\/churn_model\/v1, churn\/churn_model\/v2\./,
    ],
    [
      'a project that is not there',
      () => to('chrun/churn_model/v1', wim.email, good()),
      1,
      /No project "chrun" in the organization acme\.\n  Did you mean churn\?/,
    ],
    ['another organization’s model', () => to(globexModel.id, wim.email, good()), 1, /^No such model\.\n/],
    [
      'a user whose role does not allow it',
      () => to(there, vic.email, good()),
      1,
      /Your role does not allow you to create[^]*Project Admin, Project Writer/,
    ],
    ['an unknown user', () => to(there, 'nobody@acme.test', good()), 1, /^No user nobody@acme\.test\.\n  Add them: admin user add/],
    ['a disabled user', () => to(there, off.email, good()), 1, /is disabled\.\n  Let them in again: admin user enable/],
    ['a file that is not there', () => to(there, wim.email, join(scratch, 'none.csv')), 1, /does not exist\.\n  Check the path/],
    ['a file of another kind', () => to(there, wim.email, file('x', 'txt')), 1, /must end in \.csv or \.json/],
    ['text that is not UTF-8', () => to(there, wim.email, latin1()), 1, /is not UTF-8\.\n  Save it as UTF-8/],
    ['a bad header', () => to(there, wim.email, file('name;definition\n', 'csv')), 1, /has no commas\.\n  Separate the fields by commas/],
    ['no model', () => ['--as', wim.email, good()], 2, /required option '--model <model>'/],
    ['no user', () => ['--model', there, good()], 2, /required option '--as <email>'/],
    ['a model that is no address', () => to('churn', wim.email, good()), 2, /project\/model\/version such as/],
    ['an unknown option', () => [...to(there, wim.email, good()), '--wirte'], 2, /Did you mean --write\?/],
  ])('%s', async (_, args, expected, says) => {
    const { code, stdout, stderr } = await runAdmin(world.database.url, ['import-segments', ...args()]);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
  });

  const latin1 = () => {
    const path = join(scratch, 'latin1.csv');
    writeFileSync(path, Buffer.from('name,definition\nÄlter,age > 1\n', 'latin1'));
    return path;
  };
});
