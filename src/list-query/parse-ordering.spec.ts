import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../errors/app-error.js';
import { fieldMap, setOf, text, time, uuid } from './field-map.js';
import { parseOrdering } from './parse-ordering.js';

const fields = fieldMap({
  id: uuid('s.id'),
  name: text('s.name', { folded: 's.name_folded' }),
  created_at: time('s.created_at'),
  updated_at: time('s.updated_at'),
  'model.name': text('m.name', { folded: 'm.name_folded' }),
  model_id: uuid('s.model_id'),
  columns: setOf({ element: 'c.name', from: 'col c', owner: 'c.segment_id', item: 's.id' }),
});

const parse = (ordering: string | undefined, map = fields) => {
  const problems: Problem[] = [];
  const sorts = parseOrdering(map, ordering, problems).map(({ name, descending }) => (descending ? `-${name}` : name));
  return { sorts, problems };
};

describe('parseOrdering', () => {
  test.each([
    [undefined, ['name', 'id']],
    ['-name', ['-name', 'id']],
    ['-created_at,name', ['-created_at', 'name', 'id']],
    ['id', ['id']],
    ['-id', ['-id']],
    ['-id,name', ['-id', 'name']],
    ['model.name', ['model.name', 'id']],
    ['-model__name', ['-model.name', 'id']],
    ['name,-created_at,updated_at,model.name,model_id', ['name', '-created_at', 'updated_at', 'model.name', 'model_id', 'id']],
  ])('%s', (ordering, sorts) => expect(parse(ordering)).toEqual({ sorts, problems: [] }));

  test('is by id where there is no name', () => expect(parse(undefined, fieldMap({ id: uuid('s.id') })).sorts).toEqual(['id']));

  const known =
    'Sortable fields are: id, name, created_at, updated_at, model.name, model_id; "-" before one reverses it, as in "-name,id".';
  test.each([
    ['', [['The ordering has an empty field name.', known]]],
    ['-', [['The ordering has an empty field name.', known]]],
    [',', Array(2).fill(['The ordering has an empty field name.', known])],
    ['name,', [['The ordering has an empty field name.', known]]],
    ['nmae', [['There is no field "nmae" to order by.', `Did you mean "name"? ${known}`]]],
    ['createdAt', [['There is no field "createdAt" to order by.', `Did you mean "created_at"? ${known}`]]],
    ['model_name', [['There is no field "model_name" to order by.', `Did you mean "model.name"? ${known}`]]],
    [' name', [['There is no field " name" to order by.', `Did you mean "name"? ${known}`]]],
    ['--name', [['There is no field "-name" to order by.', `Did you mean "name"? ${known}`]]],
    ['name desc', [['There is no field "name desc" to order by.', `Did you mean "name"? ${known}`]]],
    ['name:desc', [['There is no field "name:desc" to order by.', `Did you mean "name"? ${known}`]]],
    ['created_by.password', [['There is no field "created_by.password" to order by.', known]]],
    ['id; DROP TABLE segment', [['There is no field "id; DROP TABLE segment" to order by.', known]]],
    [
      '__proto__,constructor',
      [
        ['There is no field "__proto__" to order by.', known],
        ['There is no field "constructor" to order by.', known],
      ],
    ],
    ['columns', [['A list cannot be ordered by "columns".', known]]],
    ['name,-name', [['The field "name" is named twice.', 'Name each field once.']]],
    ['model.name,model__name', [['The field "model.name" is named twice.', 'Name each field once.']]],
    ['a,b,c,d,e,f', [['At most 5 fields can order a list, here are 6.', 'Name fewer fields.']]],
  ])('refuses %j', (ordering, expected) => {
    expect(parse(ordering).problems).toEqual(
      expected.map(([message, help]) => ({ reason: 'InvalidOrdering', message, help, field: 'ordering' })),
    );
  });
});
