import { beforeAll, describe, expect, test } from '@jest/globals';
import { expectError, expectNormal } from './support/envelope.js';
import { churnV1, churnV2, globexModel, nobodysId, out, vic, wim } from './support/fixtures.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const compare = (body: unknown, as = vic.email) => world.api.as(as).post('/v3/segments/compare', body);
const definitions = (first: string, second: string) => ({
  model_id: churnV1.id,
  first: { definition: first },
  second: { definition: second },
});
const part = (row: object | null) => ({ is_empty: row === null, row });
const unknown = { is_empty: null, row: null };

/** Of each model one: ages above 50. */
const segments = { v1: '', v2: '' };
beforeAll(async () => {
  for (const [key, model] of [
    ['v1', churnV1],
    ['v2', churnV2],
  ] as const) {
    const body = { model_id: model.id, name: 'compared', definition: 'age > 50' };
    segments[key] = expectNormal(await world.api.as(wim.email).post('/v3/segments', body)).id;
  }
});

describe('how two definitions relate, and the rows that show it', () => {
  test.each([
    [
      'age > 50',
      'not (age <= 50)',
      'equal',
      'They are equal: every row of one is in the other.',
      part({ age: 51 }),
      part(null),
      part(null),
    ],
    ['age > 5 and age < 5', 'age != age', 'equal', 'Neither has any row, so they are equal.', part(null), part(null), part(null)],
    [
      "age > 50 and geography == 'Hawaii'",
      'age > 30',
      'contained',
      'Every row of the first is in the second, which has more.',
      part({ age: 51, geography: 'Hawaii' }),
      part(null),
      part({ age: 31, geography: null }),
    ],
    [
      'age > 30',
      'age > 50',
      'contains',
      'Every row of the second is in the first, which has more.',
      part({ age: 51 }),
      part({ age: 31 }),
      part(null),
    ],
    ['age < 30', 'age >= 30', 'disjoint', 'No row is in both.', part(null), part({ age: 0 }), part({ age: 30 })],
    [
      'age > 30',
      'age < 40',
      'overlapping',
      'Some rows are in both, some in the first alone and some in the second alone.',
      part({ age: 31 }),
      part({ age: 40 }),
      part({ age: 0 }),
    ],
    [
      'age * age == 12345679',
      "geography == 'Hawaii'",
      'unknown',
      'It is not known how they relate in full; what is known: some rows are in the second alone.',
      unknown,
      unknown,
      part({ age: null, geography: 'Hawaii' }),
    ],
  ])('%s / %s: %s', async (first, second, relation, summary, both, first_only, second_only) => {
    const answer = await compare(definitions(first, second));
    expect(expectNormal(answer)).toEqual({ relation, summary, both, first_only, second_only });
  });

  test('evaluate says the same of each row', async () => {
    const [first, second] = ["age > 50 and geography == 'Hawaii'", "age < 60 or geography != 'Hawaii'"];
    const { both, first_only, second_only, relation } = expectNormal(await compare(definitions(first, second)));
    expect(relation).toBe('overlapping');
    const rows = [both.row, first_only.row, second_only.row];
    const results = async (definition: string) =>
      expectNormal(await world.api.as(vic.email).post('/v3/segments/evaluate', { model_id: churnV1.id, definition, rows })).results.map(
        (result: boolean | null) => result === true,
      );
    expect([await results(first), await results(second)]).toEqual([
      [true, true, false],
      [true, false, true],
    ]);
  });
});

describe('segments by their ids', () => {
  test.each<[string, () => object]>([
    ['a segment and a definition', () => ({ first: { segment_id: segments.v1 }, second: { definition: 'age > 30' } })],
    ['with the model', () => ({ model_id: churnV1.id, first: { segment_id: segments.v1 }, second: { definition: 'age > 30' } })],
    ['an id without hyphens', () => ({ first: { segment_id: segments.v1.replaceAll('-', '') }, second: { definition: 'age > 30' } })],
  ])('%s', async (_, body) => expect(expectNormal(await compare(body())).relation).toBe('contained'));

  test('two segments, which may be the same', async () => {
    const body = { first: { segment_id: segments.v1 }, second: { segment_id: segments.v1 } };
    expect(expectNormal(await compare(body)).relation).toBe('equal');
  });
});

describe('refused', () => {
  const side = { definition: 'age > 1' };
  test.each<[string, () => unknown, string, string, RegExp]>([
    ['an invalid first', () => definitions('agee > 1', 'age > 1'), 'FQL_UNKNOWN_COLUMN', 'first.definition', /Did you mean age/],
    ['an invalid second', () => definitions('age > 1', 'age >'), 'FQL_UNEXPECTED_END', 'second.definition', /./],
    [
      'two models',
      () => ({ first: { segment_id: segments.v1 }, second: { segment_id: segments.v2 } }),
      'ValidationError',
      'second.segment_id',
      /another model/,
    ],
    [
      'not of the model given',
      () => ({ model_id: churnV2.id, first: { segment_id: segments.v1 }, second: side }),
      'ValidationError',
      'first.segment_id',
      /another model/,
    ],
    ['no model', () => ({ first: side, second: side }), 'ValidationError', 'model_id', /model_id is missing/],
    ['a model that is no id', () => ({ model_id: 'x', first: side, second: side }), 'ValidationError', 'model_id', /must be a UUID/],
    ['no second', () => ({ model_id: churnV1.id, first: side }), 'ValidationError', 'second', /second is missing/],
    ['a text', () => ({ model_id: churnV1.id, first: 'age > 1', second: side }), 'ValidationError', 'first', /must be an object/],
    [
      'both ways',
      () => ({ model_id: churnV1.id, first: { ...side, segment_id: segments.v1 }, second: side }),
      'ValidationError',
      'first.segment_id',
      /not both/,
    ],
    [
      'a misspelt member',
      () => ({ model_id: churnV1.id, first: { definitoin: 'x' }, second: side }),
      'ValidationError',
      'first.definitoin',
      /Did you mean "definition"/,
    ],
    [
      'an id that is none',
      () => ({ model_id: churnV1.id, first: { segment_id: 5 }, second: side }),
      'ValidationError',
      'first.segment_id',
      /must be a UUID/,
    ],
    ['an unknown member', () => ({ ...definitions('age > 1', 'age > 1'), rows: [] }), 'ValidationError', 'rows', /Unknown member/],
  ])('%s', async (_, body, reason, field, says) => {
    expectError(await compare(body()), 400, reason, { field, says });
  });

  test('both definitions at once', async () => {
    const errors = expectError(await compare(definitions('agee > 1', 'balanse > 1')), 400, 'FQL_UNKNOWN_COLUMN');
    expect(errors.map(({ field }) => field)).toEqual(['first.definition', 'second.definition']);
  });

  test.each<[number, string, () => [unknown, string]]>([
    [403, 'Forbidden', () => [definitions('agee > 1', 'age > 1'), out.email]],
    [403, 'Forbidden', () => [{ first: { segment_id: segments.v1 }, second: 5 }, out.email]],
    [404, 'ObjectNotFound', () => [{ ...definitions('age > 1', 'age > 1'), model_id: globexModel.id }, vic.email]],
    [404, 'ObjectNotFound', () => [{ first: side, second: { segment_id: nobodysId } }, vic.email]],
  ])('%d %s', async (status, reason, ask) => expectError(await compare(...ask()), status, reason));
});
