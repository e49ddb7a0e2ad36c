import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

test.each<[string, unknown, string]>([
  ['members', { b: 1, a: 2 }, '{"a":2,"b":1}'],
  ['members of members', { x: { b: [{ d: 1, c: null }], a: 2 } }, '{"x":{"a":2,"b":[{"c":null,"d":1}]}}'],
  ['lists keep their order', [2, 1], '[2,1]'],
  ['what is no object', 'text', '"text"'],
])('%s', (_, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

const reversed = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
};

test('any value: the same in any order, and the value again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      expect(JSON.stringify(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
    }),
  );
});
