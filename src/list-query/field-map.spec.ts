import { describe, expect, test } from '@jest/globals';
import { describeFields } from './describe-fields.js';
import { fieldMap, lookUp, number, searchedColumns, text, uuid } from './field-map.js';

const fields = fieldMap({
  id: uuid('s.id'),
  name: text('s.name', { folded: 's.name_folded', searchable: 's.search_folded' }),
  definition: text('s.definition', { folded: 's.definition_folded', searchable: 's.search_folded' }),
  'model.name': text('m.name', { folded: 'm.name_folded', searchable: true }),
  'model.version': text('m.version', { folded: 'm.version_folded' }),
});

describe('a field map', () => {
  test.each([
    ['name', 'name'],
    ['model.name', 'model.name'],
    ['model__name', 'model.name'],
    ['model_name', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s is %s', (name, published) => expect(lookUp(fields, name)?.name).toBe(published));

  test('is searched in each column once', () => expect(searchedColumns(fields)).toEqual(['s.search_folded', 'm.name_folded']));

  const filterIn = (description: string): unknown => JSON.parse(/For example `(.+?)`/.exec(description)![1]!);

  test('without a name is ordered by its sequence, and says how to go on from one', () => {
    const [filter, , ordering] = describeFields(fieldMap({ id: uuid('e.id'), sequence: number('e.sequence') }));
    expect(ordering).toMatchObject({ schema: { default: 'sequence' }, example: 'sequence' });
    expect(ordering!.description).toContain('For example `-sequence`.');
    expect(filterIn(filter!.description)).toEqual({ condition: 'AND', rules: [{ field: 'sequence', operator: 'greater', value: 0 }] });
    expect(filter!.description).toContain('- Whole numbers, from 0: `sequence`. Operators: `equal`, `not_equal`');
  });

  test('needs an id', () =>
    expect(() => fieldMap({ name: text('s.name', { folded: 's.n' }) })).toThrow('A field map needs a uuid field "id"'));

  test('takes nothing but columns', () => expect(() => uuid('s.id; DROP TABLE s')).toThrow('is not of the form alias.column'));

  test('describes its parameters', () => {
    const [filter, search, ordering, limit, offset] = describeFields(fields);
    expect(filter!.description).toContain('- Text: `name`, `definition`, `model.name`, `model.version`. Operators: `equal`, `not_equal`');
    expect(filter!.description).toContain(
      '- Ids: `id`. Operators: `equal`, `not_equal`, `in`, `not_in`, `any`, `is_empty`, `is_not_empty`, `is_null`, `is_not_null`.',
    );
    expect(filterIn(filter!.description)).toEqual({ condition: 'AND', rules: [{ field: 'name', operator: 'contains', value: 'a' }] });
    expect(search!.description).toContain('each in any of `name`, `definition`, `model.name`.');
    expect(ordering).toMatchObject({ schema: { type: 'string', default: 'name', pattern: '^-?[^,]+(?:,-?[^,]+){0,4}$' }, example: 'name' });
    expect(ordering!.description).toContain('For example `-name`.');
    expect([limit!.schema, offset!.schema]).toEqual([
      { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
      { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0 },
    ]);
  });
});
