import { defaultOrder, type Field, type FieldMap } from './field-map.js';
import { LIMITS } from './limits.js';
import { operatorsOf } from './operators.js';

/** One query parameter of a list as the OpenAPI document tells it; `description` is Markdown. */
export interface ParameterText {
  readonly name: 'filter' | 'search' | 'ordering' | 'limit' | 'offset';
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** What the UI fills in, so of a parameter without a default there is none. */
  readonly example?: string | number;
}

const TITLES = {
  text: 'Text',
  uuid: 'Ids',
  time: 'Timestamps, ISO 8601 with a zone',
  number: 'Whole numbers, from 0',
  enum: 'Words',
  set: 'Sets, asked whether they hold a value',
} as const satisfies Record<Field['type'], string>;

/** What the example of a filter asks of the field that orders the list. */
const RULES: Partial<Record<Field['type'], object>> = {
  text: { operator: 'contains', value: 'a' },
  number: { operator: 'greater', value: 0 },
};

/** The outer form of an ordering; which fields there are, the list says. */
const orderingForm = `^-?[^,]+(?:,-?[^,]+){0,${LIMITS.orderingFields - 1}}$`;

/** The five parameters of one list, from the same map that parses them and builds their SQL: the three cannot disagree. */
export function describeFields(fields: FieldMap): readonly ParameterText[] {
  const name = defaultOrder(fields);
  const rule = RULES[fields.get(name)?.type ?? 'text'] ?? { operator: 'is_not_null' };
  const searched = listed(fields, (field) => field.type === 'text' && field.searched !== null);
  return [
    {
      name: 'filter',
      description: [
        'JSON text: `{"condition":"AND"|"OR","rules":[rule or nested condition, …]}`; a rule is `{"field","operator","value"}` and may stand alone.',
        `At most ${LIMITS.filterRules} rules, conditions ${LIMITS.filterDepth} deep, ${LIMITS.setValues} values in a set. \`__\` may stand for a dot.`,
        `For example \`${JSON.stringify({ condition: 'AND', rules: [{ field: name, ...rule }] })}\`.`,
        '',
        ...(Object.keys(TITLES) as Field['type'][]).flatMap((type) => group(fields, type)),
      ].join('\n'),
      schema: { type: 'string', maxLength: LIMITS.filterLength },
    },
    {
      name: 'search',
      description: `Words that must all occur, each in any of ${searched}. Case does not matter; every character means itself. For example \`a\`.`,
      schema: { type: 'string', maxLength: LIMITS.searchLength },
    },
    {
      name: 'ordering',
      description: `Comma-separated fields, at most ${LIMITS.orderingFields}, none twice; \`-\` before one for descending. Ties go by \`id\` upwards. For example \`${fields.has('created_at') ? '-created_at' : `-${name}`}\`. Fields: ${listed(fields, ({ sortable }) => sortable)}.`,
      schema: { type: 'string', default: name, pattern: orderingForm },
      example: name,
    },
    { name: 'limit', description: 'Items in a page.', schema: whole(LIMITS.limit), example: LIMITS.limit.default },
    { name: 'offset', description: 'Items before the page.', schema: whole(LIMITS.offset), example: LIMITS.offset.default },
  ];
}

function group(fields: FieldMap, type: Field['type']): readonly string[] {
  const names = [...fields].flatMap(([name, field]) => {
    if (field.type !== type) return [];
    return [field.type === 'enum' ? `\`${name}\` (${field.values.join(', ')})` : `\`${name}\``];
  });
  const operators = operatorsOf(type).map((name) => `\`${name}\``);
  return names.length === 0 ? [] : [`- ${TITLES[type]}: ${names.join(', ')}. Operators: ${operators.join(', ')}.`];
}

const listed = (fields: FieldMap, keep: (field: Field) => boolean): string =>
  [...fields].flatMap(([name, field]) => (keep(field) ? [`\`${name}\``] : [])).join(', ');

const whole = ({ min, max, default: value }: { min: number; max: number; default: number }) => ({
  type: 'integer',
  minimum: min,
  maximum: max,
  default: value,
});
