/** Names that people bring from other languages, with what to write instead (`fql.md` section 5). Keys in lower case. */

/** Another name of one and the same function: a rename is enough. */
export const functionAliases: ReadonlyMap<string, string> = new Map([
  ['avg', 'average'],
  ['mean', 'average'],
  ['len', 'length'],
  ['size', 'length'],
  ['char_length', 'length'],
  ['strlen', 'length'],
  ['starts_with', 'startswith'],
  ['substr', 'substring'],
  ['mid', 'substring'],
  ['isnull', 'is_null'],
  ['isna', 'is_null'],
  ['isnan', 'is_null'],
  ['isempty', 'is_null'],
  ['notnull', 'is_not_null'],
  ['isnotnull', 'is_not_null'],
  ['notna', 'is_not_null'],
  ['iif', 'if'],
  ['ln', 'log'],
  ['str', 'to_string'],
  ['tostring', 'to_string'],
  ['tpr', 'recall'],
  ['auc', 'auroc'],
  // Names of the first release of the language, changed in the second.
  ['is_nullable_violation', 'null_violation_count'],
  ['is_range_violation', 'range_violation_count'],
  ['is_type_violation', 'type_violation_count'],
  ['g_mean', 'geometric_mean'],
  ['binary_cross_entropy', 'log_loss'],
  ['callibrated_threshold', 'calibrated_threshold'],
  ['mean_ndcg', 'ndcg_mean'],
]);

const search = "match(text, 'pattern') searches text with a regular expression.";
const caseless = "Match without regard to case: match(text, '(?i)pattern').";
const fallback = 'Write if(is_null(value), other value, value).';
const absent = 'FQL has no function for it.';
const noTime = "FQL has no dates or times; use the chart's time range.";

/** What takes more than a rename, in a sentence. */
export const functionHints: ReadonlyMap<string, string> = new Map([
  ['contains', search],
  ['like', search],
  ['ilike', caseless],
  ['regexp', search],
  ['regexp_like', search],
  ['regexp_match', search],
  ['regex', search],
  ['matches', search],
  ['rlike', search],
  ['search', search],
  ['endswith', "Write match(text, 'ending$')."],
  ['ends_with', "Write match(text, 'ending$')."],
  ['lower', caseless],
  ['upper', caseless],
  ['lcase', caseless],
  ['ucase', caseless],
  ['tolower', caseless],
  ['toupper', caseless],
  ['coalesce', fallback],
  ['ifnull', fallback],
  ['nvl', fallback],
  ['case', 'Write if(condition, value, other value).'],
  ['cast', 'A number becomes text with to_string(value); nothing else converts.'],
  ['pow', 'Write x ^ y.'],
  ['power', 'Write x ^ y.'],
  ['in', "Compare with each value: x == 'a' or x == 'b'."],
  ['isin', "Compare with each value: x == 'a' or x == 'b'."],
  ['between', 'Write x >= low and x <= high.'],
  ['concat', 'FQL does not join texts; compare each part on its own.'],
  ['min', 'Write if(x < y, x, y).'],
  ['max', 'Write if(x > y, x, y).'],
  ['least', 'Write if(x < y, x, y).'],
  ['greatest', 'Write if(x > y, x, y).'],
  ['std', absent],
  ['stddev', absent],
  ['variance', absent],
  ['median', absent],
  ['mode', absent],
  ['round', absent],
  ['floor', absent],
  ['ceil', absent],
  ['trunc', absent],
  ['trim', absent],
  ['mod', 'Write x % y.'],
  ['now', noTime],
  ['date', noTime],
  ['year', noTime],
  ['month', noTime],
  ['day', noTime],
  ['today', noTime],
  ['current_date', noTime],
  ['datediff', noTime],
  ['attribute', 'attribute() belongs to agentic metrics, not to the segments of a model.'],
]);

/** Values of other languages that mean "no value"; here a test asks for it. */
export const nullNames: ReadonlySet<string> = new Set(['none', 'nan', 'nil', 'na', 'undefined', 'nothing']);

/** Names of a number that no row holds: a result that is not finite is null. */
export const infinityNames: ReadonlySet<string> = new Set(['inf', 'infinity']);
