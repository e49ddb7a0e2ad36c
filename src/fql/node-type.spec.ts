import { expect, test } from '@jest/globals';
import { indexColumns } from './columns.js';
import { typeOf } from './node-type.js';
import { parse } from './parser.js';

const columns = indexColumns([
  { name: 'i', type: 'int' },
  { name: 'x', type: 'float' },
  { name: 'b', type: 'bool' },
  { name: 's', type: 'str' },
  { name: 'c', type: 'category' },
  { name: 't', type: 'timestamp' },
  { name: 'v', type: 'vector' },
]);

test.each([
  ['1', 'Number'],
  ["'a'", 'String'],
  ['true', 'Boolean'],
  ['null', undefined],
  ['i', 'Number'],
  ['x', 'Number'],
  ['b', 'Boolean'],
  ['s', 'String'],
  ['c', 'String'],
  ['t', undefined],
  ['v', undefined],
  ['nobody', undefined],
  ['-x', 'Number'],
  ['not b', 'Boolean'],
  ['x + 1', 'Number'],
  ['x > 1', 'Boolean'],
  ['s == c', 'Boolean'],
  ['b and b', 'Boolean'],
  ['length(s)', 'Number'],
  ['to_string(x)', 'String'],
  ['is_null(t)', 'Boolean'],
  ['if(b, x, 1)', 'Number'],
  ['if(b, null, s)', 'String'],
  ['if(b, b, null)', 'Boolean'],
  ['nobody(1)', undefined],
])('%s: %s', (text, expected) => expect(typeOf(parse(text), columns)).toBe(expected));
