import type { FqlType } from './types.js';

/**
 * The functions of the language (`fql.md` section 5): the one table that drives the parser, the checker, the hints, the
 * documentation and the catalogue route.
 *
 * Parameter types: `Value` is any one of the three types; `Any` is that, `null` and columns of every data type too; `Branch` is the
 * type that both branches of `if` share; `Pattern` is a literal RE2 pattern.
 */
export type ParameterType = FqlType | 'Value' | 'Any' | 'Branch' | 'Pattern';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly kind: 'positional' | 'keyword';
  readonly required: boolean;
  readonly default?: number;
  /** A constant argument must be a whole number and not below this. */
  readonly minimum?: number;
}

export interface FqlFunction {
  readonly name: string;
  /** `row` functions give a value per row; `aggregate` functions give one value for many rows, so no segment may use them. */
  readonly category: 'row' | 'aggregate';
  readonly grouping: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly result: FqlType | 'Branch';
}

const positional = (name: string, type: ParameterType): Parameter => ({ name, type, kind: 'positional', required: true });
const keyword = (name: string, type: ParameterType): Parameter => ({ name, type, kind: 'keyword', required: false });

const x = positional('x', 'Number');
const text = positional('text', 'String');
const value = positional('value', 'Any');
const target = keyword('target', 'Any');
const threshold = keyword('threshold', 'Number');
const label = keyword('class', 'String');

type Row = readonly [name: string, parameters: readonly Parameter[], result: FqlFunction['result'], description: string];

const row = (grouping: string, rows: readonly Row[]): FqlFunction[] =>
  rows.map(([name, parameters, result, description]) => ({ name, category: 'row', grouping, description, parameters, result }));

const aggregate = (grouping: string, rows: readonly (readonly [string, readonly Parameter[], string])[]): FqlFunction[] =>
  rows.map(([name, parameters, description]) => ({ name, category: 'aggregate', grouping, description, parameters, result: 'Number' }));

const table: readonly FqlFunction[] = [
  ...row('constant', [
    ['e', [], 'Number', "Euler's number, 2.718281828459045."],
    ['pi', [], 'Number', 'The number pi, 3.141592653589793.'],
  ]),
  ...row('conditional', [
    [
      'if',
      [positional('condition', 'Boolean'), positional('then', 'Branch'), positional('else', 'Branch')],
      'Branch',
      'The second value when the condition is true, else the third, also when the condition is null. One of the two may be null.',
    ],
  ]),
  ...row('text', [
    ['length', [text], 'Number', 'How many characters (Unicode code points) the text has.'],
    [
      'to_string',
      [positional('value', 'Value')],
      'String',
      "The value as text: 42 gives '42', 1.50 gives '1.5', true gives 'true'; null stays null.",
    ],
    ['startswith', [text, positional('prefix', 'String')], 'Boolean', 'True if the text starts with the prefix; case counts.'],
    [
      'substring',
      [text, { ...positional('offset', 'Number'), minimum: 1 }, { ...positional('length', 'Number'), minimum: 0 }],
      'String',
      'A part of the text. The first character has offset 1; a part that runs past the end is shorter.',
    ],
    [
      'match',
      [text, positional('pattern', 'Pattern')],
      'Boolean',
      'True if the regular expression (RE2 syntax, literal text) is found anywhere in the text.',
    ],
  ]),
  ...row('null test', [
    ['is_null', [value], 'Boolean', 'True if the value is missing or is empty text.'],
    ['is_not_null', [value], 'Boolean', 'True if the value is neither missing nor empty text.'],
  ]),
  ...row('number', [
    ['abs', [x], 'Number', 'The absolute value.'],
    ['exp', [x], 'Number', 'e to the power of x.'],
    ['log', [x], 'Number', 'The natural logarithm; null unless x is above 0.'],
    ['log2', [x], 'Number', 'The logarithm to base 2; null unless x is above 0.'],
    ['log10', [x], 'Number', 'The logarithm to base 10; null unless x is above 0.'],
    ['sqrt', [x], 'Number', 'The square root; null if x is below 0.'],
  ]),
  ...aggregate('aggregate', [
    ['sum', [x], 'The sum over all rows.'],
    ['average', [x], 'The mean over all rows.'],
    ['count', [value], 'How many rows have a value.'],
    ['quantile', [x, { ...keyword('level', 'Number'), default: 0.5 }], 'The value below which this share of the rows lies.'],
  ]),
  ...aggregate('drift', [
    ['jsd', [value, positional('baseline', 'String')], 'Jensen-Shannon distance to a baseline.'],
    ['psi', [value, positional('baseline', 'String')], 'Population stability index against a baseline.'],
  ]),
  ...aggregate('data integrity', [
    ['null_violation_count', [value], 'How many rows break the null rule of the column.'],
    ['range_violation_count', [value], 'How many rows are out of the range of the column.'],
    ['type_violation_count', [value], 'How many rows have a value of the wrong type.'],
    ['any_violation_count', [value], 'How many rows break any rule of the column.'],
  ]),
  ...aggregate('traffic', [['traffic', [], 'How many rows there are.']]),
  ...aggregate('confusion', [
    ['tp', [label], 'How many rows are true positives.'],
    ['tn', [label], 'How many rows are true negatives.'],
    ['fp', [label], 'How many rows are false positives.'],
    ['fn', [label], 'How many rows are false negatives.'],
  ]),
  ...aggregate('binary classification', [
    ['precision', [target, threshold], 'True positives among those predicted positive.'],
    ['recall', [target, threshold], 'True positives among all positives; also called the true positive rate.'],
    ['f1_score', [target, threshold], 'The harmonic mean of precision and recall.'],
    ['fpr', [target, threshold], 'The false positive rate.'],
    ['geometric_mean', [target, threshold], 'The geometric mean of sensitivity and specificity.'],
    ['auroc', [target], 'The area under the receiver operating characteristic curve.'],
    ['expected_calibration_error', [target], 'The expected calibration error.'],
    ['log_loss', [target], 'The logarithmic loss, for binary and multiclass models.'],
    ['calibrated_threshold', [target], 'The threshold that balances precision and recall.'],
  ]),
  ...aggregate('multiclass classification', [['accuracy', [target, threshold], 'The share of right predictions.']]),
  ...aggregate('regression', [
    ['r2', [target], 'The coefficient of determination.'],
    ['mse', [target], 'The mean squared error.'],
    ['mae', [target], 'The mean absolute error.'],
    ['mape', [target], 'The mean absolute percentage error.'],
    ['wmape', [target], 'The weighted mean absolute percentage error.'],
  ]),
  ...aggregate('ranking', [
    ['map', [target], 'The mean average precision.'],
    ['ndcg_mean', [target], 'The mean normalized discounted cumulative gain.'],
    ['query_count', [target], 'How many queries there are.'],
  ]),
];

/** Every function by name, in documentation order. A Map, so that `constructor` is an unknown name like any other. */
export const functions: ReadonlyMap<string, FqlFunction> = new Map(table.map((entry) => [entry.name, entry]));

/** How a function is called, for messages: `substring(text, offset, length)`, `quantile(x, level=0.5)`. */
export function signature({ name, parameters }: FqlFunction): string {
  const parts = parameters.map((parameter) =>
    parameter.kind === 'keyword' ? `${parameter.name}=${parameter.default ?? '…'}` : parameter.name,
  );
  return `${name}(${parts.join(', ')})`;
}
