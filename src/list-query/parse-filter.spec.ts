import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../errors/app-error.js';
import { enumOf, fieldMap, number, setOf, text, time, uuid } from './field-map.js';
import { isCondition, type FilterNode } from './list-query.js';
import { OPERATORS, operatorsOf } from './operators.js';
import { parseFilter } from './parse-filter.js';

const fields = fieldMap({
  id: uuid('s.id'),
  name: text('s.name', { folded: 's.name_folded' }),
  created_at: time('s.created_at'),
  sequence: number('s.sequence'),
  'project.asset_type': enumOf('p.asset_type', ['ML_MODEL', 'LLM']),
  columns: setOf({ element: 'c.name', from: 'col c', owner: 'c.segment_id', item: 's.id' }),
});
const knownFields = 'The fields are: id, name, created_at, sequence, project.asset_type, columns.';
const example = 'Write {"condition":"AND","rules":[{"field":"name","operator":"equal","value":"…"}]}.';

const parse = (filter: unknown) => {
  const problems: Problem[] = [];
  const node = parseFilter(fields, typeof filter === 'string' ? filter : JSON.stringify(filter), problems);
  return { node, problems };
};

/** The tree in short: `name equal [a]`, `(… AND …)`. */
const short = (node: FilterNode | null): string => {
  if (node === null) return 'everything';
  if (!isCondition(node)) return `${node.name} ${node.operator} ${JSON.stringify(node.operands)}`;
  return `(${node.rules.map(short).join(` ${node.condition} `)})`;
};

const isA = { field: 'name', operator: 'equal', value: 'a' };
const isB = { field: 'name', operator: 'equal', value: 'b' };
const ID = '123e4567-e89b-12d3-a456-426614174000';

describe('a filter that is right', () => {
  test.each([
    ['a bare rule', isA, 'name equal ["a"]'],
    ['no condition named', { rules: [isA, isB] }, '(name equal ["a"] AND name equal ["b"])'],
    ['OR', { condition: 'OR', rules: [isA, isB] }, '(name equal ["a"] OR name equal ["b"])'],
    [
      'nested',
      { condition: 'OR', rules: [isA, { condition: 'AND', rules: [isB, isA] }] },
      '(name equal ["a"] OR (name equal ["b"] AND name equal ["a"]))',
    ],
    ['no rules', { condition: 'AND', rules: [] }, 'everything'],
    ['nothing but empty conditions', { condition: 'OR', rules: [{ rules: [] }, { rules: [{ rules: [] }] }] }, 'everything'],
    ['an empty condition beside a rule', { condition: 'OR', rules: [{ rules: [] }, isA] }, '(name equal ["a"])'],
    [
      'blanks, as Python writes them',
      '{"condition": "AND", "rules": [{"field": "name", "operator": "equal", "value": "a"}]}',
      '(name equal ["a"])',
    ],
    ['__ for the dot', { field: 'project__asset_type', operator: 'equal', value: 'LLM' }, 'project.asset_type equal ["LLM"]'],
    ['an id in upper case', { field: 'id', operator: 'equal', value: ID.toUpperCase() }, `id equal ["${ID}"]`],
    ['an id without dashes', { field: 'id', operator: 'in', value: [ID.replaceAll('-', '')] }, `id in ["${ID}"]`],
    ['a time', { field: 'created_at', operator: 'less', value: '2025-08-13T01:56:31.447Z' }, 'created_at less ["2025-08-13 01:56:31.447"]'],
    ['no value to is_null', { field: 'name', operator: 'is_null' }, 'name is_null []'],
    ['null to is_null', { field: 'name', operator: 'is_null', value: null }, 'name is_null []'],
    ['an empty set', { field: 'name', operator: 'in', value: [] }, 'name in []'],
    [
      'text that looks like SQL',
      { field: 'name', operator: 'equal', value: "'; DROP TABLE s; -- %_\\\0" },
      `name equal ${JSON.stringify(["'; DROP TABLE s; -- %_\\\0"])}`,
    ],
    ['a member twice: the last', '{"field":"id","field":"name","operator":"equal","value":"a"}', 'name equal ["a"]'],
    [
      'eight deep',
      { rules: [{ rules: [{ rules: [{ rules: [{ rules: [{ rules: [{ rules: [{ rules: [isA] }] }] }] }] }] }] }] },
      '((((((((name equal ["a"]))))))))',
    ],
  ])('%s', (_, filter, expected) => {
    const { node, problems } = parse(filter);
    expect([short(node), problems]).toEqual([expected, []]);
  });
});

/** A right and a wrong value for each shape, by field. */
const right: Record<string, string | number> = {
  id: ID,
  name: 'a',
  created_at: '2025-08-13T01:56:31Z',
  sequence: 7,
  'project.asset_type': 'LLM',
  columns: 'age',
};
const valueOf = { none: () => undefined, one: (v: unknown) => v, pair: (v: unknown) => [v, v], many: (v: unknown) => [v, v, v] };
const kinds: Record<string, string> = {
  id: 'an id',
  name: 'text',
  created_at: 'a timestamp',
  sequence: 'a whole number',
  'project.asset_type': 'one of a few words',
  columns: 'a set of texts',
};
const everyPair = [...fields.keys()].flatMap((field) =>
  [...OPERATORS].map(([operator, { shape, types }]) => [field, operator, shape, types] as const),
);

describe('operators and field types', () => {
  test('are 21', () => expect(OPERATORS.size).toBe(21));

  test.each([
    ['text', 21],
    ['time', 15],
    ['number', 15],
    ['uuid', 9],
    ['enum', 9],
    ['set', 9],
  ] as const)('a %s takes %d of them', (type, count) => expect(operatorsOf(type)).toHaveLength(count));

  test.each(everyPair)('%s %s', (field, operator, shape, types) => {
    const { type } = fields.get(field)!;
    const { problems } = parse({ field, operator, value: valueOf[shape](right[field]!) });
    const refusal = {
      reason: 'InvalidFilter',
      message: `The operator "${operator}" does not work on ${kinds[field]}.`,
      help: `The operators are: ${operatorsOf(type).join(', ')}.`,
      field: 'filter.operator',
    };
    expect(problems).toEqual(types.includes(type) ? [] : [refusal]);
  });
});

const inNull = 'To find missing values use the operator "is_null".';
const several = 'For several values use the operator "in".';

describe('a value that does not fit', () => {
  test.each([
    ['name', 'equal', 5, '', 'The value must be text in quotes, not a number.', ''],
    ['name', 'equal', true, '', 'The value must be text in quotes, not a boolean.', ''],
    ['name', 'equal', null, '', 'The value must be text in quotes, not null.', inNull],
    ['name', 'equal', ['a', 'b'], '', 'The value must be text in quotes, not an array.', several],
    ['name', 'equal', [['a']], '', 'The value must be text in quotes, not an array.', several],
    ['name', 'equal', { id: 1 }, '', 'The value must be text in quotes, not an object.', ''],
    ['sequence', 'equal', '5', '', 'The value must be a whole number from 0, not a string.', 'Write it without quotes, as in 42.'],
    ['sequence', 'equal', -1, '', 'The value must be a whole number from 0, not -1.', ''],
    ['sequence', 'equal', 0.5, '', 'The value must be a whole number from 0, not 0.5.', ''],
    ['sequence', 'equal', 2 ** 53, '', 'The value must be a whole number from 0, not 9007199254740992.', ''],
    ['sequence', 'equal', null, '', 'The value must be a whole number from 0, not null.', inNull],
    ['sequence', 'greater', [1], '', 'The value must be a whole number from 0, not an array.', several],
    ['name', 'contains', ['a'], '', 'The value must be text in quotes, not an array.', several],
    ['name', 'equal', '\ud800', '', 'The value holds half of a surrogate pair.', 'Send well-formed Unicode.'],
    ['name', 'equal', undefined, '', 'The rule has no value.', ''],
    ['name', 'in', 'x', '', 'The operator "in" takes an array.', 'Give ["…", "…"].'],
    ['name', 'not_in', null, '', 'The operator "not_in" takes an array.', 'Give ["…", "…"].'],
    ['name', 'in', [null], '[0]', 'The value must be text in quotes, not null.', inNull],
    ['name', 'any', ['a', ['b']], '[1]', 'The value must be text in quotes, not an array.', several],
    ['name', 'between', ['a'], '', 'The operator "between" takes exactly two values.', 'Give [from, to].'],
    ['name', 'not_between', ['a', 'b', 'c'], '', 'The operator "not_between" takes exactly two values.', 'Give [from, to].'],
    ['name', 'between', 'a', '', 'The operator "between" takes an array.', 'Give [from, to].'],
    ['name', 'is_null', true, '', 'The operator "is_null" takes no value.', 'Leave "value" out.'],
    ['name', 'is_not_empty', [], '', 'The operator "is_not_empty" takes no value.', 'Leave "value" out.'],
    ['id', 'equal', 'foo', '', 'The value is not an id.', `An id looks like "${ID}".`],
    ['id', 'equal', '', '', 'The value is not an id.', `An id looks like "${ID}".`],
    ['id', 'equal', `{${ID}}`, '', 'The value is not an id.', `An id looks like "${ID}".`],
    ['id', 'equal', `${ID}\n`, '', 'The value is not an id.', `An id looks like "${ID}".`],
    ['id', 'equal', ID.replace('-', ''), '', 'The value is not an id.', `An id looks like "${ID}".`],
    ['id', 'equal', 7, '', 'The value must be an id in quotes, not a number.', ''],
    ['id', 'in', [ID, 'x'], '[1]', 'The value is not an id.', `An id looks like "${ID}".`],
    [
      'created_at',
      'less',
      '2025-08-13',
      '',
      'The value is a date without a time.',
      'Write "2025-08-13T00:00:00Z" for its first moment in UTC.',
    ],
    [
      'created_at',
      'less',
      1755050191,
      '',
      'The value must be a timestamp in quotes, not a number.',
      'Write it as in "2025-08-13T01:56:31.447Z".',
    ],
    [
      'created_at',
      'between',
      ['2025-08-13T01:56:31Z', 'x'],
      '[1]',
      'The value is not a timestamp.',
      'Write it as in "2025-08-13T01:56:31.447Z".',
    ],
    [
      'project.asset_type',
      'equal',
      'ml_model',
      '',
      'The value "ml_model" is not known here.',
      'Did you mean "ML_MODEL"? The values are: ML_MODEL, LLM.',
    ],
    ['columns', 'any', [1], '[0]', 'The value must be text in quotes, not a number.', ''],
  ])('%s %s %j', (field, operator, value, at, message, help) => {
    const { problems } = parse({ condition: 'AND', rules: [isA, { field, operator, value }] });
    expect(problems).toEqual([{ reason: 'InvalidFilter', message, help, field: `filter.rules[1].value${at}` }]);
  });
});

describe('a filter that is wrong', () => {
  const operators = `The operators are: ${operatorsOf('text').join(', ')}.`;
  const deep = (levels: number): object => (levels === 0 ? isA : { rules: [deep(levels - 1)] });
  test.each<[string, unknown, [string, string, string][]]>([
    ['no text', '', [['filter', 'The filter is not valid JSON.', example]]],
    ['half JSON', '{bad', [['filter', 'The filter is not valid JSON.', example]]],
    ['no JSON', 'name=foo', [['filter', 'The filter is not valid JSON.', example]]],
    ['single quotes', "{'field':'name'}", [['filter', 'The filter is not valid JSON.', `JSON wants double quotes. ${example}`]]],
    ['null', 'null', [['filter', 'The filter must be a JSON object.', example]]],
    ['an array', [isA], [['filter', 'The filter must be a JSON object.', example]]],
    ['a text', '"name"', [['filter', 'The filter must be a JSON object.', example]]],
    [
      'an empty object',
      {},
      [
        ['filter.field', 'The rule has no field.', knownFields],
        ['filter.operator', 'The rule has no operator.', `The operators are: ${[...OPERATORS.keys()].join(', ')}.`],
      ],
    ],
    ['rules missing', { condition: 'AND' }, [['filter.rules', 'The condition has no rules.', example]]],
    ['rules no array', { rules: isA }, [['filter.rules', 'Rules must be an array.', example]]],
    [
      'a rule no object',
      { rules: [isA, 'x', null] },
      [
        ['filter.rules[1]', 'A rule must be a JSON object.', example],
        ['filter.rules[2]', 'A rule must be a JSON object.', example],
      ],
    ],
    [
      'condition in lower case',
      { condition: 'or', rules: [isA] },
      [['filter.condition', 'A condition is "AND" or "OR".', 'Did you mean "OR"?']],
    ],
    ['another condition', { condition: 'XOR', rules: [isA] }, [['filter.condition', 'A condition is "AND" or "OR".', '']]],
    ['condition null', { condition: null, rules: [isA] }, [['filter.condition', 'A condition is "AND" or "OR".', '']]],
    ['an unknown field', { ...isA, field: 'nmae' }, [['filter.field', 'There is no field "nmae".', `Did you mean "name"? ${knownFields}`]]],
    [
      'a field with _ for .',
      { ...isA, field: 'project_asset_type' },
      [['filter.field', 'There is no field "project_asset_type".', `Did you mean "project.asset_type"? ${knownFields}`]],
    ],
    [
      'a hidden field',
      { ...isA, field: 'created_by.password' },
      [['filter.field', 'There is no field "created_by.password".', knownFields]],
    ],
    ['__proto__', { ...isA, field: '__proto__' }, [['filter.field', 'There is no field "__proto__".', knownFields]]],
    ['constructor', { ...isA, field: 'constructor' }, [['filter.field', 'There is no field "constructor".', knownFields]]],
    ['SQL for a field', { ...isA, field: "name' OR 1=1 --" }, [['filter.field', `There is no field "name' OR 1=1 --".`, knownFields]]],
    ['a field of another type', { ...isA, field: ['name'] }, [['filter.field', 'A field is named by a text.', knownFields]]],
    [
      'an unknown operator',
      { ...isA, operator: 'equals' },
      [['filter.operator', 'There is no operator "equals".', `Did you mean "equal"? ${operators}`]],
    ],
    [
      'a sign for an operator',
      { ...isA, operator: '>=' },
      [['filter.operator', 'There is no operator ">=".', `Did you mean "greater_or_equal"? ${operators}`]],
    ],
    [
      'an operator of another grammar',
      { ...isA, operator: 'ILIKE' },
      [['filter.operator', 'There is no operator "ILIKE".', `Did you mean "contains"? ${operators}`]],
    ],
    [
      'hasOwnProperty for an operator',
      { ...isA, operator: 'hasOwnProperty' },
      [['filter.operator', 'There is no operator "hasOwnProperty".', operators]],
    ],
    ['an operator of another type', { ...isA, operator: 1 }, [['filter.operator', 'An operator is named by a text.', operators]]],
    [
      'a further member of a rule',
      { ...isA, vlaue: 1 },
      [['filter.vlaue', 'A rule has no member "vlaue".', 'Did you mean "value"? Its members are: field, operator, value.']],
    ],
    [
      'a further member of a condition',
      { rules: [isA], 'a b': 1 },
      [['filter', 'A condition has no member "a b".', 'Its members are: condition, rules.']],
    ],
    [
      '__proto__ for a member',
      '{"__proto__":{"rules":[]},"field":"name","operator":"equal","value":"a"}',
      [['filter.__proto__', 'A rule has no member "__proto__".', 'Its members are: field, operator, value.']],
    ],
    [
      'several at once, at any depth',
      { rules: [{ ...isA, field: 'nam' }, { rules: [{ ...isA, operator: 'eq' }] }] },
      [
        ['filter.rules[0].field', 'There is no field "nam".', `Did you mean "name"? ${knownFields}`],
        ['filter.rules[1].rules[0].operator', 'There is no operator "eq".', `Did you mean "equal"? ${operators}`],
      ],
    ],
    ['nine deep', deep(9), [[`filter${'.rules[0]'.repeat(8)}`, 'Conditions are nested more than 8 deep.', 'Flatten the filter.']]],
    [
      '1,500 deep',
      `${'{"rules":['.repeat(650)}${']}'.repeat(650)}`,
      [[`filter${'.rules[0]'.repeat(8)}`, 'Conditions are nested more than 8 deep.', 'Flatten the filter.']],
    ],
    [
      '101 rules',
      { rules: Array(101).fill({ field: 'name', operator: 'is_null' }) },
      [['filter', 'The filter has more than 100 rules.', 'For several values of one field use the operator "in".']],
    ],
    ['1,001 values', { ...isA, operator: 'in', value: Array(1001).fill('a') }, [['filter.value', 'A set has at most 1000 values.', '']]],
    [
      '8,193 characters',
      JSON.stringify({ ...isA, value: '🎩'.repeat(8193 - 46) }),
      [['filter', 'The filter is longer than 8192 characters.', 'Ask for less at once.']],
    ],
  ])('%s', (_, filter, expected) => {
    expect(parse(filter).problems).toEqual(expected.map(([field, message, help]) => ({ reason: 'InvalidFilter', message, help, field })));
  });

  test.each([
    ['100 rules', { rules: Array(100).fill({ field: 'name', operator: 'is_null' }) }],
    ['1,000 values', { ...isA, operator: 'in', value: Array(1000).fill('a') }],
    ['8,192 characters, twice as many UTF-16 units', JSON.stringify({ ...isA, value: '🎩'.repeat(8192 - 46) })],
  ])('is not %s', (_, filter) => expect(parse(filter).problems).toEqual([]));

  test('shows a long name cut and its control characters escaped', () => {
    expect(parse({ ...isA, field: `\n${'x'.repeat(5000)}` }).problems[0]!.message).toBe(`There is no field "\\n${'x'.repeat(63)}…".`);
  });

  test('is told in at most 20 problems', () => {
    expect(parse({ rules: Array(90).fill({ ...isA, field: 'x' }) }).problems).toHaveLength(20);
  });
});
