import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError, type Problem } from '../errors/app-error.js';
import { fieldMap, text, uuid } from './field-map.js';
import { asksForAll } from './list-query.js';
import { parseListQuery } from './parse-list-query.js';

const fields = fieldMap({ id: uuid('s.id'), name: text('s.name', { folded: 's.name_folded', searchable: true }) });

const problemsOf = (raw: Record<string, unknown>, extra?: readonly string[]): readonly Problem[] => {
  try {
    parseListQuery(fields, raw, extra);
    return [];
  } catch (error) {
    if (error instanceof AppError && error.kind === 'invalid') return error.problems;
    throw error;
  }
};

describe('parseListQuery', () => {
  test('without parameters is the first page of everything by name', () => {
    const query = parseListQuery(fields, {});
    expect(query).toEqual({
      filter: null,
      search: [],
      ordering: [
        { name: 'name', field: fields.get('name'), descending: false },
        { name: 'id', field: fields.get('id'), descending: false },
      ],
      limit: 50,
      offset: 0,
    });
    expect(asksForAll(query)).toBe(true);
  });

  test.each([
    ['', []],
    [' \t\n\u3000', []],
    ['Age', ['age']],
    ['  New   York new ', ['new', 'york']],
    ['100%_\\', ['100%_\\']],
    ['É ẞ', ['é', 'ß']],
    ['🎩'.repeat(200), ['🎩'.repeat(200)]],
  ])('search %j looks for %j', (search, words) => expect(parseListQuery(fields, { search }).search).toEqual(words));

  const known = 'The parameters are: filter, search, ordering, limit, offset.';
  const repeated = (name: string, reason: string) => [
    { reason, message: `The parameter "${name}" is given more than once.`, help: 'Give it once.', field: name },
  ];
  const unknown = (name: string, field: string, help = known) => [
    { reason: 'BadRequest', message: `There is no query parameter ${JSON.stringify(name)}.`, help, field },
  ];

  test.each<[string, Record<string, unknown>, readonly Problem[]]>([
    ['filter twice', { filter: ['{}', '{}'] }, repeated('filter', 'InvalidFilter')],
    ['search twice', { search: ['a', 'b'] }, repeated('search', 'BadRequest')],
    ['ordering twice', { ordering: ['name', '-name'] }, repeated('ordering', 'InvalidOrdering')],
    ['limit twice', { limit: ['1', '2'] }, repeated('limit', 'InvalidPagination')],
    ['offset twice', { offset: ['1', '1'] }, repeated('offset', 'InvalidPagination')],
    ['a misspelt parameter', { serach: 'a' }, unknown('serach', 'serach', `Did you mean "search"? ${known}`)],
    ['filter[name]', { 'filter[name]': 'a' }, unknown('filter[name]', 'query', `Did you mean "filter"? ${known}`)],
    ['limit[]', { 'limit[]': '1' }, unknown('limit[]', 'query', `Did you mean "limit"? ${known}`)],
    ['__proto__', JSON.parse('{"__proto__":"a"}') as Record<string, unknown>, unknown('__proto__', '__proto__')],
    ['organization_id', { organization_id: 'a' }, unknown('organization_id', 'organization_id')],
    [
      'a long search',
      { search: 'x'.repeat(201) },
      [
        {
          reason: 'BadRequest',
          message: 'The search is longer than 200 characters.',
          help: 'Search for fewer or shorter words.',
          field: 'search',
        },
      ],
    ],
    [
      'half a letter',
      { search: '\udc00' },
      [{ reason: 'BadRequest', message: 'The search holds half of a surrogate pair.', help: 'Send well-formed Unicode.', field: 'search' }],
    ],
  ])('refuses %s', (_, raw, problems) => expect(problemsOf(raw)).toEqual(problems));

  test('tells every problem of every parameter at once', () => {
    const problems = problemsOf({ limit: '0', offset: '-1', ordering: 'x', filter: '{', search: 'x'.repeat(201), more: '1' });
    expect(problems.map(({ reason, field }) => [reason, field])).toEqual([
      ['BadRequest', 'more'],
      ['InvalidFilter', 'filter'],
      ['BadRequest', 'search'],
      ['InvalidOrdering', 'ordering'],
      ['InvalidPagination', 'limit'],
      ['InvalidPagination', 'offset'],
    ]);
  });

  test('tells at most 20', () => {
    expect(problemsOf(Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`q${n}`, '1'])))).toHaveLength(20);
  });

  test('lets the parameters that a list has of its own pass, once', () => {
    expect(problemsOf({ latest_only: 'true' }, ['latest_only'])).toEqual([]);
    expect(problemsOf({ latest_only: ['true', 'true'] }, ['latest_only'])).toEqual(repeated('latest_only', 'BadRequest'));
  });

  test('answers anything at all with a query or with problems that are whole', () => {
    const json = fc.oneof(
      fc.json(),
      fc
        .record({ field: fc.anything(), operator: fc.anything(), value: fc.anything() })
        .map((rule) => JSON.stringify(rule) as string | undefined),
    );
    const raw = fc.record(
      {
        filter: fc.oneof(json, fc.string({ unit: 'binary' })),
        search: fc.string({ unit: 'binary' }),
        ordering: fc.string(),
        limit: fc.string(),
        offset: fc.string(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(raw, (parameters) => {
        const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
        for (const { reason, message, field } of problemsOf(given))
          expect([reason, message, field].every((part) => typeof part === 'string' && part !== '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
