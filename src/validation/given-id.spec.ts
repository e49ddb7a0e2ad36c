import { expect, test } from '@jest/globals';
import { givenId } from './given-id.js';

const id = '0c1d0000-0000-4000-8000-0000000000a8';

test.each<[string, unknown, string | undefined]>([
  ['there', { model_id: id }, id],
  ['in another form', { model_id: id.toUpperCase().replaceAll('-', '') }, id],
  ['malformed', { model_id: 'x' }, undefined],
  ['no text', { model_id: [id] }, undefined],
  ['null', { model_id: null }, undefined],
  ['missing', { segment_id: id }, undefined],
  ['a body that is null', null, undefined],
  ['no body', undefined, undefined],
  ['a body that is a text', id, undefined],
])('%s', (_, holder, wanted) => {
  expect(givenId(holder, 'model_id')).toBe(wanted);
});
