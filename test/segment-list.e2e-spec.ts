import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Query } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import {
  ada,
  acme,
  bo,
  churn,
  churnV1,
  churnV2,
  fraud,
  fraudModel,
  globexModel,
  gus,
  nobodysId,
  off,
  out,
  pia,
  vic,
  wim,
} from './support/fixtures.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const list = `/v3/models/${churnV2.id}/segments`;

/** What stands in the model churn v2, in the order of names: code points. */
const rows = [
  { name: 'Alpha', definition: 'age > 1', description: '', by: wim },
  { name: 'Beta%x', definition: 'age > 2 and tenure < 5', description: '50% off', by: pia },
  { name: 'Beta_x', definition: 'tenure < 5', description: 'first choice', by: pia },
  { name: "O'Brien", definition: "geography == 'Hawaii'", description: 'a "quoted" word', by: wim },
  { name: 'alpha two', definition: 'age > 5', description: 'First', by: wim },
  { name: 'zeta\\back', definition: 'active == true', description: 'one\ntwo', by: wim },
  { name: 'Ärger', definition: 'age > 6', description: 'straße', by: wim },
  { name: 'ärgerlich', definition: 'age > 7', description: 'ΣΊΣΥΦΟΣ', by: pia },
  { name: '漢字', definition: 'age > 8', description: '\u{1F30B} volcano', by: wim },
] as const;
const all = rows.map(({ name }) => name);
const but = (...names: string[]) => all.filter((name) => !names.includes(name));
let items: any[];

beforeAll(async () => {
  // Made in the reverse order of names, so that the order of creation is no help to an ordering that does nothing.
  for (const { name, definition, description, by } of rows.toReversed()) {
    expectNormal(await world.api.as(by.email).post('/v3/segments', { model_id: churnV2.id, name, definition, description }));
  }
  items = expectPaginated(await world.api.as(vic.email).get(list));
});

const names = async (query: Query, path = list): Promise<string[]> =>
  expectPaginated(await world.api.as(vic.email).get(path, query)).map(({ name }) => name);
const rule = (field: string, operator: string, value?: unknown) => ({ field, operator, value });
const created = (name: string): string => items.find((item) => item.name === name).created_at;

test('by default: ordered by name, 50 to a page', async () => {
  const answer = await world.api.as(vic.email).get(list);
  expect(expectPaginated(answer).map(({ name }) => name)).toEqual(all);
  expect(answer.body.data).toMatchObject({ page_size: 50, item_count: 9, total: 9, page_count: 1, page_index: 1, offset: 0 });
});

test('an item of a list is what its own address answers', async () => {
  for (const item of items) expect(expectNormal(await world.api.as(vic.email).get(`/v3/segments/${item.id}`))).toEqual(item);
});

describe('filter: operators', () => {
  test.each<[string, string, unknown, string[]]>([
    ['name', 'equal', 'Alpha', ['Alpha']],
    ['name', 'equal', 'alpha', []],
    ['name', 'equal', 'Alpha ', []],
    ['name', 'equal', "O'Brien", ["O'Brien"]],
    ['name', 'equal', 'zeta\\back', ['zeta\\back']],
    ['name', 'equal', '漢字', ['漢字']],
    ['name', 'not_equal', 'Alpha', but('Alpha')],
    ['name', 'not_equal', 'alpha', all],
    ['name', 'in', ['Alpha', 'Ärger', 'no such'], ['Alpha', 'Ärger']],
    ['name', 'in', ['alpha'], []],
    ['name', 'in', [], []],
    ['name', 'not_in', ['Alpha', 'Ärger', 'no such'], but('Alpha', 'Ärger')],
    ['name', 'not_in', [], all],
    ['name', 'any', ['Alpha', 'Ärger'], ['Alpha', 'Ärger']],
    ['name', 'any', [], []],
    ['name', 'less', 'Beta_x', ['Alpha', 'Beta%x']],
    ['name', 'less_or_equal', 'Beta_x', ['Alpha', 'Beta%x', 'Beta_x']],
    ['name', 'greater', 'Ärger', ['ärgerlich', '漢字']],
    ['name', 'greater_or_equal', 'Ärger', ['Ärger', 'ärgerlich', '漢字']],
    ['name', 'between', ['Beta%x', "O'Brien"], ['Beta%x', 'Beta_x', "O'Brien"]],
    ['name', 'between', ["O'Brien", 'Beta%x'], []],
    ['name', 'not_between', ['Beta%x', "O'Brien"], but('Beta%x', 'Beta_x', "O'Brien")],
    ['name', 'not_between', ["O'Brien", 'Beta%x'], all],
    ['name', 'begins_with', 'ALPHA', ['Alpha', 'alpha two']],
    ['name', 'begins_with', 'ÄRGER', ['Ärger', 'ärgerlich']],
    ['name', 'begins_with', 'arger', []],
    ['name', 'not_begins_with', 'alpha', but('Alpha', 'alpha two')],
    ['name', 'ends_with', 'X', ['Beta%x', 'Beta_x']],
    ['name', 'not_ends_with', 'x', but('Beta%x', 'Beta_x')],
    ['name', 'contains', 'beta', ['Beta%x', 'Beta_x']],
    ['name', 'contains', '%', ['Beta%x']],
    ['name', 'contains', '_', ['Beta_x']],
    ['name', 'contains', '\\', ['zeta\\back']],
    ['name', 'contains', '\\b', ['zeta\\back']],
    ['name', 'contains', "'", ["O'Brien"]],
    ['name', 'contains', '%a%', []],
    ['name', 'contains', '', all],
    ['name', 'not_contains', '', []],
    ['name', 'not_contains', 'A', but('Alpha', 'Beta%x', 'Beta_x', 'alpha two', 'zeta\\back')],
    ['description', 'contains', 'FIRST', ['Beta_x', 'alpha two']],
    ['description', 'contains', 'STRASSE', []],
    ['description', 'contains', 'STRAẞE', ['Ärger']],
    ['description', 'contains', 'σίσυφος', ['ärgerlich']],
    ['description', 'contains', '\u{1F30B}', ['漢字']],
    ['description', 'contains', 'one\ntwo', ['zeta\\back']],
    ['description', 'is_empty', undefined, ['Alpha']],
    ['description', 'is_not_empty', undefined, but('Alpha')],
    ['description', 'is_null', undefined, []],
    ['description', 'is_not_null', undefined, all],
    ['description', 'equal', '', ['Alpha']],
    ['description', 'is_empty', null, ['Alpha']],
    ['definition', 'contains', 'TENURE <', ['Beta%x', 'Beta_x']],
    ['columns', 'any', ['tenure'], ['Beta%x', 'Beta_x']],
    ['columns', 'any', ['tenure', 'active'], ['Beta%x', 'Beta_x', 'zeta\\back']],
    ['columns', 'any', ['no_such_column'], []],
  ])('%s %s %j', async (field, operator, value, expected) => {
    expect(await names({ filter: rule(field, operator, value) })).toEqual(expected);
  });
});

describe('filter: fields', () => {
  const uuidFields = ['organization.id', 'organization_id', 'project.id', 'project_id', 'model.id', 'model_id'] as const;
  const idOf = { organization: acme.id, project: churn.id, model: churnV2.id };
  test.each<[string, string, unknown, string[]]>([
    ...uuidFields.flatMap((field): [string, string, unknown, string[]][] => {
      const id = idOf[field.split(/[._]/)[0] as keyof typeof idOf];
      return [
        [field, 'equal', id, all],
        [field, 'equal', id.toUpperCase(), all],
        [field, 'equal', id.replaceAll('-', ''), all],
        [field, 'not_equal', id, []],
        [field, 'in', [id, nobodysId], all],
        [field, 'not_in', [nobodysId], all],
        [field, 'any', [id], all],
        [field, 'is_null', undefined, []],
        [field, 'is_not_empty', undefined, all],
        [field, 'equal', nobodysId, []],
      ];
    }),
    ...['created_by', 'updated_by'].flatMap((who): [string, string, unknown, string[]][] => [
      [`${who}.id`, 'equal', pia.id, ['Beta%x', 'Beta_x', 'ärgerlich']],
      [`${who}_id`, 'equal', pia.id, ['Beta%x', 'Beta_x', 'ärgerlich']],
      [`${who}.full_name`, 'equal', 'Pia Project Admin', ['Beta%x', 'Beta_x', 'ärgerlich']],
      [`${who}.full_name`, 'begins_with', 'pia', ['Beta%x', 'Beta_x', 'ärgerlich']],
      [`${who}.email`, 'equal', pia.email, ['Beta%x', 'Beta_x', 'ärgerlich']],
      [`${who}.email`, 'contains', 'WIM@', but('Beta%x', 'Beta_x', 'ärgerlich')],
    ]),
    ['organization.name', 'equal', 'acme', all],
    ['project.name', 'equal', 'churn', all],
    ['project.name', 'contains', 'CHUR', all],
    ['project.asset_type', 'equal', 'ML_MODEL', all],
    ['project.asset_type', 'in', ['ML_MODEL'], all],
    ['model.name', 'equal', 'churn_model', all],
    ['model.version', 'equal', 'v2', all],
    ['model.version', 'equal', 'v1', []],
    ['model__version', 'equal', 'v2', all],
    ['created_by__email', 'equal', pia.email, ['Beta%x', 'Beta_x', 'ärgerlich']],
    ['created_at', 'less', '2000-01-01T00:00:00Z', []],
    ['created_at', 'greater', '2000-01-01T00:00:00Z', all],
    ['created_at', 'between', ['2000-01-01T00:00:00Z', '2999-01-01T00:00:00Z'], all],
    ['updated_at', 'not_between', ['2000-01-01T00:00:00Z', '2999-01-01T00:00:00Z'], []],
  ])('%s %s %j', async (field, operator, value, expected) => {
    expect(await names({ filter: rule(field, operator, value) })).toEqual(expected);
  });

  test('id, in every form', async () => {
    const { id } = items[3];
    for (const value of [id, id.toUpperCase(), id.replaceAll('-', '')])
      expect(await names({ filter: rule('id', 'equal', value) })).toEqual([all[3]]);
  });

  test('a time is a moment, whatever its zone, to the millisecond', async () => {
    const at = created('Ärger');
    const same = items.filter((item) => item.created_at === at).map(({ name }) => name);
    const elsewhere = `${new Date(Date.parse(at) + 5.5 * 3_600_000).toISOString().slice(0, -1)}+05:30`;
    for (const value of [at, elsewhere]) expect(await names({ filter: rule('created_at', 'equal', value) })).toEqual(same);
    const before = items.filter((item) => item.created_at < at).map(({ name }) => name);
    expect(await names({ filter: rule('created_at', 'less', at) })).toEqual(before);
    expect(await names({ filter: rule('created_at', 'less_or_equal', at) })).toEqual(
      all.filter((name) => before.includes(name) || same.includes(name)),
    );
    expect(await names({ filter: rule('created_at', 'greater_or_equal', at) })).toEqual(but(...before));
  });
});

describe('filter: conditions', () => {
  const a = rule('name', 'equal', 'Alpha');
  const b = rule('name', 'begins_with', 'beta');
  const c = rule('description', 'contains', 'first');
  test.each<[string, object, string[]]>([
    ['AND', { condition: 'AND', rules: [b, c] }, ['Beta_x']],
    ['OR', { condition: 'OR', rules: [a, c] }, ['Alpha', 'Beta_x', 'alpha two']],
    ['AND is the default', { rules: [b, c] }, ['Beta_x']],
    ['nested', { condition: 'OR', rules: [a, { condition: 'AND', rules: [b, c] }] }, ['Alpha', 'Beta_x']],
    ['nested the other way', { condition: 'AND', rules: [c, { condition: 'OR', rules: [a, b] }] }, ['Beta_x']],
    ['no rules: no condition', { condition: 'AND', rules: [] }, [...all]],
    ['no rules under OR: no condition', { condition: 'OR', rules: [] }, [...all]],
    ['an empty part changes nothing', { condition: 'OR', rules: [a, { rules: [] }] }, ['Alpha']],
    ['a bare rule', a, ['Alpha']],
    ['8 deep', Array.from({ length: 7 }).reduce<object>((inner) => ({ rules: [inner] }), { rules: [a] }), ['Alpha']],
    ['100 rules', { condition: 'OR', rules: Array<object>(100).fill(a) }, ['Alpha']],
    ['a set of 1,000', rule('name', 'in', ['Alpha', ...Array.from({ length: 999 }, (_, at) => `${at}`)]), ['Alpha']],
  ])('%s', async (_, filter, expected) => {
    expect(await names({ filter })).toEqual(expected);
  });

  test("Python's blanks and form encoding", async () => {
    const query =
      'filter=%7B%22condition%22%3A+%22AND%22%2C+%22rules%22%3A+%5B%7B%22field%22%3A+%22name%22%2C+%22operator%22%3A+%22equal%22%2C+%22value%22%3A+%22alpha+two%22%7D%5D%7D';
    expect(await names(query)).toEqual(['alpha two']);
  });
});

describe('search', () => {
  test.each<[string, string[]]>([
    ['ALPHA', ['Alpha', 'alpha two']],
    ['alpha two', ['alpha two']],
    ['two alpha', ['alpha two']],
    ['  two   alpha ', ['alpha two']],
    ['first', ['Beta_x', 'alpha two']],
    ['first beta', ['Beta_x']],
    ['50%', ['Beta%x']],
    ['%', ['Beta%x']],
    ['_x', ['Beta_x']],
    ['tenure', ['Beta%x', 'Beta_x']],
    ['ÄRGER', ['Ärger', 'ärgerlich']],
    ['σίσυφος', ['ärgerlich']],
    ['"quoted"', ["O'Brien"]],
    ["o'brien", ["O'Brien"]],
    ['\\back', ['zeta\\back']],
    ['pia@', ['Beta%x', 'Beta_x', 'ärgerlich']],
    ['PROJECT', ['Beta%x', 'Beta_x', 'ärgerlich']],
    ['wim writer', but('Beta%x', 'Beta_x', 'ärgerlich')],
    ['churn_model', [...all]],
    ['v2', [...all]],
    ['v1', []],
    ['', [...all]],
    ['   ', [...all]],
    ['no such word', []],
    ['\u{1F30B}', ['漢字']],
  ])('%j', async (search, expected) => {
    expect(await names({ search })).toEqual(expected);
  });

  test('of 200 characters', async () => {
    expect(await names({ search: 'x'.repeat(200) })).toEqual([]);
  });

  test('with a filter: both must hold', async () => {
    expect(await names({ search: 'first', filter: rule('name', 'begins_with', 'beta') })).toEqual(['Beta_x']);
  });
});

describe('ordering', () => {
  const by =
    (...keys: ((item: any) => string)[]) =>
    (a: any, b: any) => {
      for (const key of [...keys, (item: any) => item.id]) {
        const order = Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b)));
        if (order !== 0) return order;
      }
      return 0;
    };
  const plain = (key: (item: any) => string) => () => items.toSorted(by(key)).map(({ name }) => name);

  test.each<[string, () => string[]]>([
    ['name', () => [...all]],
    ['-name', () => all.toReversed()],
    ['id', plain(({ id }) => id)],
    ['-id', () => plain(({ id }) => id)().toReversed()],
    ['created_at', plain((item) => item.created_at)],
    [
      '-created_at,id',
      () =>
        items
          .toSorted((a, b) => (a.created_at === b.created_at ? by()(a, b) : a.created_at < b.created_at ? 1 : -1))
          .map(({ name }) => name),
    ],
    ['updated_at', plain((item) => item.updated_at)],
    ['description', plain((item) => item.description)],
    ['definition', plain((item) => item.definition)],
    ['created_by.email', plain((item) => item.created_by.email)],
    ['created_by__full_name', plain((item) => item.created_by.full_name)],
    ['updated_by.email', plain((item) => item.updated_by.email)],
    ['project.name', plain(() => '')],
    ['-project.name', plain(() => '')],
    ['model.version', plain(() => '')],
    ['-organization.name', plain(() => '')],
    [
      'created_by.email,-name',
      () =>
        items
          .toSorted((a, b) =>
            a.created_by.email === b.created_by.email ? -by((item) => item.name)(a, b) : by((item) => item.created_by.email)(a, b),
          )
          .map(({ name }) => name),
    ],
  ])('%s', async (ordering, expected) => {
    expect(await names({ ordering })).toEqual(expected());
  });
});

describe('pages', () => {
  test.each<[string, Query, string[], object]>([
    ['the first', { limit: 4 }, all.slice(0, 4), { page_size: 4, item_count: 4, total: 9, page_count: 3, page_index: 1, offset: 0 }],
    [
      'the second',
      { limit: 4, offset: 4 },
      all.slice(4, 8),
      { page_size: 4, item_count: 4, total: 9, page_count: 3, page_index: 2, offset: 4 },
    ],
    ['the last', { limit: 4, offset: 8 }, all.slice(8), { page_size: 4, item_count: 1, total: 9, page_count: 3, page_index: 3, offset: 8 }],
    [
      'between pages',
      { limit: 4, offset: 3 },
      all.slice(3, 7),
      { page_size: 4, item_count: 4, total: 9, page_count: 3, page_index: 1, offset: 3 },
    ],
    ['past the end', { limit: 4, offset: 9 }, [], { page_size: 4, item_count: 0, total: 9, page_count: 3, page_index: 3, offset: 9 }],
    [
      'far past the end',
      { offset: 1_000_000 },
      [],
      { page_size: 50, item_count: 0, total: 9, page_count: 1, page_index: 20_001, offset: 1_000_000 },
    ],
    ['of one', { limit: 1, offset: 8 }, all.slice(8), { page_size: 1, item_count: 1, total: 9, page_count: 9, page_index: 9, offset: 8 }],
    ['the largest', { limit: 1_000 }, [...all], { page_size: 1_000, item_count: 9, total: 9, page_count: 1, page_index: 1, offset: 0 }],
    ['leading zeros', { limit: '004', offset: '00' }, all.slice(0, 4), { page_size: 4, offset: 0 }],
    [
      'nothing found',
      { filter: rule('name', 'equal', 'no such') },
      [],
      { page_size: 50, item_count: 0, total: 0, page_count: 1, page_index: 1, offset: 0 },
    ],
    [
      'of what a filter found',
      { filter: rule('name', 'begins_with', 'b'), limit: 1, offset: 1 },
      ['Beta_x'],
      { page_size: 1, item_count: 1, total: 2, page_count: 2, page_index: 2, offset: 1 },
    ],
    ['backwards', { ordering: '-name', limit: 2, offset: 6 }, all.toReversed().slice(6, 8), { total: 9, page_index: 4 }],
  ])('%s', async (_, query, expected, numbers) => {
    const answer = await world.api.as(vic.email).get(list, query);
    expect(expectPaginated(answer).map(({ name }) => name)).toEqual(expected);
    expect(answer.body.data).toMatchObject(numbers);
  });

  test.each(['project.name', '-project.name', 'created_by.email', '-created_at'])(
    'ordered by %s, pages of two neither overlap nor skip',
    async (ordering) => {
      const whole = await names({ ordering });
      const paged: string[] = [];
      for (let offset = 0; offset < 10; offset += 2) paged.push(...(await names({ ordering, limit: 2, offset })));
      expect(paged).toEqual(whole);
    },
  );
});

describe('400 that names what was wrong, and what was meant', () => {
  const nested = (depth: number): object =>
    Array.from({ length: depth - 1 }).reduce<object>((inner) => ({ rules: [inner] }), { rules: [rule('name', 'equal', 'x')] });
  const inRules = (...rules: unknown[]) => ({ filter: { condition: 'AND', rules } as object });
  const good = rule('name', 'equal', 'x');

  test.each<[string, Query, string, string, string | RegExp]>([
    ['filter no JSON', { filter: '{name' }, 'InvalidFilter', 'filter', 'JSON'],
    [
      'filter with single quotes',
      { filter: "{'field':'name','operator':'equal','value':'x'}" },
      'InvalidFilter',
      'filter',
      'double quotes',
    ],
    ['filter empty', { filter: '' }, 'InvalidFilter', 'filter', 'JSON'],
    ['filter a list', { filter: '[]' }, 'InvalidFilter', 'filter', 'object'],
    ['filter null', { filter: 'null' }, 'InvalidFilter', 'filter', 'object'],
    ['filter a number', { filter: '5' }, 'InvalidFilter', 'filter', 'object'],
    ['filter an empty object', { filter: '{}' }, 'InvalidFilter', 'filter.field', /\S/],
    ['condition unknown', { filter: { condition: 'XOR', rules: [] } }, 'InvalidFilter', 'filter.condition', 'OR'],
    ['condition in lower case', { filter: { condition: 'and', rules: [] } }, 'InvalidFilter', 'filter.condition', 'AND'],
    ['rules missing', { filter: { condition: 'AND' } }, 'InvalidFilter', 'filter.rules', /\S/],
    ['rules no list', { filter: { condition: 'AND', rules: {} } }, 'InvalidFilter', 'filter.rules', /\S/],
    ['a rule that is no object', inRules(good, 'name = x'), 'InvalidFilter', 'filter.rules[1]', /\S/],
    ['a rule that is null', inRules(null), 'InvalidFilter', 'filter.rules[0]', /\S/],
    ['no field', inRules({ operator: 'equal', value: 'x' }), 'InvalidFilter', 'filter.rules[0].field', /\S/],
    ['no operator', inRules({ field: 'name', value: 'x' }), 'InvalidFilter', 'filter.rules[0].operator', /\S/],
    ['no value', inRules({ field: 'name', operator: 'equal' }), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    ['a field that is close', inRules(good, rule('nmae', 'equal', 'x')), 'InvalidFilter', 'filter.rules[1].field', /nmae[\s\S]*"name"/],
    ['a field that is far', inRules(rule('xyzzy', 'equal', 'x')), 'InvalidFilter', 'filter.rules[0].field', 'xyzzy'],
    ['a hidden field', inRules(rule('created_by.password', 'equal', 'x')), 'InvalidFilter', 'filter.rules[0].field', /\S/],
    ['a field that is a number', inRules(rule(5 as never, 'equal', 'x')), 'InvalidFilter', 'filter.rules[0].field', /\S/],
    ['the field __proto__', inRules(rule('__proto__', 'equal', 'x')), 'InvalidFilter', 'filter.rules[0].field', /\S/],
    ['the field constructor', inRules(rule('constructor', 'equal', 'x')), 'InvalidFilter', 'filter.rules[0].field', /\S/],
    ['the operator constructor', inRules(rule('name', 'constructor', 'x')), 'InvalidFilter', 'filter.rules[0].operator', /\S/],
    [
      'an operator that is close',
      inRules(rule('name', 'equals', 'x')),
      'InvalidFilter',
      'filter.rules[0].operator',
      /equals[\s\S]*"equal"/,
    ],
    ['an operator of another grammar', inRules(rule('name', '==', 'x')), 'InvalidFilter', 'filter.rules[0].operator', 'equal'],
    ['text operator on an id', inRules(rule('id', 'contains', 'x')), 'InvalidFilter', 'filter.rules[0].operator', 'contains'],
    [
      'text operator on a time',
      inRules(rule('created_at', 'begins_with', '2025')),
      'InvalidFilter',
      'filter.rules[0].operator',
      'begins_with',
    ],
    ['order operator on an id', inRules(rule('model_id', 'less', nobodysId)), 'InvalidFilter', 'filter.rules[0].operator', 'less'],
    [
      'order operator on an enum',
      inRules(rule('project.asset_type', 'greater', 'ML_MODEL')),
      'InvalidFilter',
      'filter.rules[0].operator',
      'greater',
    ],
    ['an unknown member of a rule', inRules({ ...good, negate: true }), 'InvalidFilter', 'filter.rules[0].negate', 'negate'],
    ['an unknown member of a condition', { filter: { condition: 'AND', rules: [], not: true } }, 'InvalidFilter', 'filter.not', 'not'],
    ['a number for text', inRules(rule('name', 'equal', 5)), 'InvalidFilter', 'filter.rules[0].value', 'number'],
    ['null for text', inRules(rule('name', 'equal', null)), 'InvalidFilter', 'filter.rules[0].value', 'is_null'],
    ['S22 an object for text', inRules(rule('name', 'equal', { id: 1 })), 'InvalidFilter', 'filter.rules[0].value', 'object'],
    ['S22 a list for text', inRules(rule('name', 'equal', [['x']])), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    ['a boolean for text', inRules(rule('name', 'contains', true)), 'InvalidFilter', 'filter.rules[0].value', 'boolean'],
    ['no id', inRules(rule('model_id', 'equal', 'churn_model')), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    ['no time', inRules(rule('created_at', 'less', 'yesterday')), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    [
      'a date without a time',
      inRules(rule('created_at', 'less', '2025-08-13')),
      'InvalidFilter',
      'filter.rules[0].value',
      '2025-08-13T00:00:00Z',
    ],
    ['a time without a zone', inRules(rule('created_at', 'less', '2025-08-13T01:56:31')), 'InvalidFilter', 'filter.rules[0].value', 'zone'],
    ['a time that never was', inRules(rule('created_at', 'less', '2025-02-30T00:00:00Z')), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    ['no enum value', inRules(rule('project.asset_type', 'equal', 'ML_MODLE')), 'InvalidFilter', 'filter.rules[0].value', 'ML_MODEL'],
    ['a set that is no list', inRules(rule('name', 'in', 'Alpha')), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    ['one bad value of a set', inRules(rule('model_id', 'in', [nobodysId, 'x'])), 'InvalidFilter', 'filter.rules[0].value[1]', /\S/],
    ['between with one end', inRules(rule('name', 'between', ['a'])), 'InvalidFilter', 'filter.rules[0].value', 'two'],
    ['between with three ends', inRules(rule('name', 'between', ['a', 'b', 'c'])), 'InvalidFilter', 'filter.rules[0].value', 'two'],
    ['between with no list', inRules(rule('name', 'between', 'a')), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    ['a value for is_null', inRules(rule('name', 'is_null', true)), 'InvalidFilter', 'filter.rules[0].value', 'is_null'],
    ['half a surrogate pair', inRules(rule('name', 'equal', '\ud800')), 'InvalidFilter', 'filter.rules[0].value', /\S/],
    ['S36 9 deep', { filter: nested(9) }, 'InvalidFilter', `filter${'.rules[0]'.repeat(8)}`, '8'],
    ['S36 101 rules', { filter: { condition: 'OR', rules: Array<object>(101).fill(good) } }, 'InvalidFilter', 'filter', '100'],
    [
      'S36 a set of 1,001',
      inRules(
        rule(
          'name',
          'in',
          Array.from({ length: 1_001 }, () => 'x'),
        ),
      ),
      'InvalidFilter',
      'filter.rules[0].value',
      /1,?000/,
    ],
    ['S36 filter too long', { filter: rule('name', 'equal', 'x'.repeat(8_192)) }, 'InvalidFilter', 'filter', /8,?192/],
    ['S63 filter given twice', { filter: ['{}', '{}'] }, 'InvalidFilter', 'filter', /\S/],
    ['S37 search too long', { search: 'x'.repeat(201) }, 'BadRequest', 'search', '200'],
    ['S63 search given twice', { search: ['a', 'b'] }, 'BadRequest', 'search', /\S/],
    ['ordering by nothing', { ordering: '' }, 'InvalidOrdering', 'ordering', /\S/],
    ['ordering by a field that is close', { ordering: 'nmae' }, 'InvalidOrdering', 'ordering', /nmae[\s\S]*"name"/],
    ['ordering by a hidden field', { ordering: 'created_by.password' }, 'InvalidOrdering', 'ordering', /\S/],
    ['ordering by SQL', { ordering: 'id; DROP TABLE segment' }, 'InvalidOrdering', 'ordering', /\S/],
    ['ordering by __proto__', { ordering: '__proto__' }, 'InvalidOrdering', 'ordering', /\S/],
    ['ordering with two signs', { ordering: '--name' }, 'InvalidOrdering', 'ordering', /\S/],
    ['ordering with a plus', { ordering: '+name' }, 'InvalidOrdering', 'ordering', /\S/],
    ['ordering with an empty part', { ordering: 'name,,id' }, 'InvalidOrdering', 'ordering', /\S/],
    ['S38 ordering by one field twice', { ordering: 'name,-name' }, 'InvalidOrdering', 'ordering', 'name'],
    [
      'S38 ordering by six fields',
      { ordering: 'name,id,created_at,updated_at,description,definition' },
      'InvalidOrdering',
      'ordering',
      '5',
    ],
    ['S63 ordering given twice', { ordering: ['name', 'id'] }, 'InvalidOrdering', 'ordering', /\S/],
    ...['0', '1001', '-1', '1.5', '1e3', '0x10', '', ' 5 ', '9007199254740993', '18446744073709551616', 'ten', '٣'].map(
      (limit): [string, Query, string, string, string | RegExp] => [
        `S34 limit ${JSON.stringify(limit)}`,
        { limit },
        'InvalidPagination',
        'limit',
        /1,?000/,
      ],
    ),
    ...['-1', '1000001', '1.5', '1e3', '0x10', '', ' 5 ', 'NaN', 'null', '18446744073709551616'].map(
      (offset): [string, Query, string, string, string | RegExp] => [
        `S35 offset ${JSON.stringify(offset)}`,
        { offset },
        'InvalidPagination',
        'offset',
        /\S/,
      ],
    ),
    ['S63 limit given twice', { limit: ['1', '2'] }, 'InvalidPagination', 'limit', /\S/],
    ['S63 offset given twice', { offset: ['1', '1'] }, 'InvalidPagination', 'offset', /\S/],
    ['an unknown parameter', { page: 2 }, 'BadRequest', 'page', 'page'],
    ['a parameter that is close', { orderng: 'name' }, 'BadRequest', 'orderng', 'ordering'],
    ['a parameter of another case', { Limit: 5 }, 'BadRequest', 'Limit', 'limit'],
    ['a parameter of another list', { latest_only: 'true' }, 'BadRequest', 'latest_only', 'latest_only'],
    ['S25 constructor as a parameter', { constructor: '2' } as never, 'BadRequest', 'constructor', /\S/],
  ])('%s', async (_, query, reason, field, says) => {
    expectError(await world.api.as(vic.email).get(list, query), 400, reason, { field, says });
    expectError(await world.api.as(vic.email).get('/v3/segments', query), 400, reason, { field, says });
  });

  test.each([
    ['__proto__=1', 'BadRequest'],
    ['limit[]=5', 'BadRequest'],
    ['filter[field]=name', 'BadRequest'],
    ['filter=%ff', 'InvalidFilter'],
    ['=5', 'BadRequest'],
    ['__proto__=1&constructor=2', 'BadRequest'],
  ])('S25 S63 query %s', async (query, reason) => {
    expectError(await world.api.as(vic.email).get(list, query), 400, reason);
  });

  test('every bad parameter at once', async () => {
    const answer = await world.api.as(vic.email).get(list, { filter: '{', ordering: 'x', limit: 0, offset: -1, page: 1 });
    const fields = expectError(answer, 400, 'InvalidFilter').map(({ field }) => field);
    expect(fields.toSorted()).toEqual(['filter', 'limit', 'offset', 'ordering', 'page']);
  });

  test('every bad rule at once', async () => {
    const filter = { condition: 'AND', rules: [rule('nmae', 'equal', 'x'), rule('name', 'equals', 'x'), rule('name', 'equal', 5)] };
    const fields = expectError(await world.api.as(vic.email).get(list, { filter }), 400, 'InvalidFilter').map(({ field }) => field);
    expect(fields).toEqual(['filter.rules[0].field', 'filter.rules[1].operator', 'filter.rules[2].value']);
  });
});

describe('what the whole collection shows', () => {
  const nine = all.length;
  test.each<[string, string, number]>([
    ['Project Admin of both projects', pia.email, nine + 3],
    ['Project Writer of one', wim.email, nine + 2],
    ['Project Viewer of one', vic.email, nine + 2],
    ['Org Admin by that role alone', ada.email, 0],
    ['Org Member without a role', out.email, 0],
    ['the other organization', gus.email, 1],
    ["the other organization's Org Admin", bo.email, 0],
  ])('%s', async (_, email, total) => {
    const answer = await world.api.as(email).get('/v3/segments');
    expect(expectPaginated(answer)).toHaveLength(total);
    expect(answer.body.data.total).toBe(total);
  });

  test.each<[string, object, number]>([
    ['a model', rule('model_id', 'equal', churnV1.id), 2],
    ['a project', rule('project.name', 'equal', 'fraud'), 1],
    ['a project by id', rule('project_id', 'equal', fraud.id), 1],
    ['a model of another organization', rule('model_id', 'equal', globexModel.id), 0],
    [
      'by name, as the client looks one up',
      { condition: 'AND', rules: [rule('name', 'equal', 'seniors'), rule('model_id', 'equal', churnV1.id)] },
      1,
    ],
  ])('filtered by %s', async (_, filter, total) => {
    const answer = await world.api.as(pia.email).get('/v3/segments', { filter });
    expect(expectPaginated(answer)).toHaveLength(total);
  });
});

describe("a model's list", () => {
  test.each<[string, string, string, number, string]>([
    ['Project Viewer', vic.email, churnV2.id, 200, ''],
    ['model id in upper case', vic.email, churnV2.id.toUpperCase(), 200, ''],
    ['model id without dashes', vic.email, churnV2.id.replaceAll('-', ''), 200, ''],
    ['Org Admin by that role alone', ada.email, churnV2.id, 403, 'Forbidden'],
    ['Org Member without a role', out.email, churnV2.id, 403, 'Forbidden'],
    ['a project without a role', wim.email, fraudModel.id, 403, 'Forbidden'],
    ['no such model', vic.email, nobodysId, 404, 'ObjectNotFound'],
    ['a model of another organization', vic.email, globexModel.id, 404, 'ObjectNotFound'],
    ['a malformed id', vic.email, 'churn_model', 400, 'BadRequest'],
    ['a disabled user', off.email, churnV2.id, 401, 'Unauthorized'],
  ])('%s', async (_, email, id, status, reason) => {
    const answer = await world.api.as(email).get(`/v3/models/${id}/segments`);
    if (status === 200) expect(expectPaginated(answer).map(({ name }) => name)).toEqual(all);
    else expectError(answer, status, reason);
  });
});
