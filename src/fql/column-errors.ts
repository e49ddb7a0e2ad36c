import type { BinaryNode, ColumnNode, Node } from './ast.js';
import type { Columns, FqlColumn } from './columns.js';
import type { Finding, Suggestion } from './diagnostic.js';
import { fold, nearestNames } from './did-you-mean.js';
import { functions, signature } from './functions.js';
import { infinityNames, nullNames } from './hints.js';
import type { Place, Sources } from './place.js';
import { excerpt, writeColumn, writeText } from './source-text.js';
import { replaceBy } from './suggestion.js';
import { columnTypes, type FqlType } from './types.js';

/** Errors about a column's name, with what was probably meant. */

const listed = 5;

interface Meaning {
  /** A sentence that follows "No column … in this model." */
  readonly message: string;
  readonly help?: string;
  readonly suggestions: readonly Suggestion[];
}

export function unknownColumn(node: ColumnNode, place: Place, sources: Sources): Finding {
  const meaning = nullMeant(node, place, sources) ??
    infinityMeant(node) ??
    joinedMeant(node, place, sources) ??
    functionMeant(node, sources) ??
    nameOrTextMeant(node, place, sources) ?? { message: '', suggestions: [] };
  return {
    code: 'FQL_UNKNOWN_COLUMN',
    span: node.nameSpan,
    message: `No column "${excerpt(node.name)}" in this model.${meaning.message && ` ${meaning.message}`}`,
    help: meaning.help ?? (meaning.suggestions.length > 0 ? '' : columnList(sources.columns)),
    suggestions: meaning.suggestions,
  };
}

function columnList(columns: Columns): string {
  if (columns.size === 0) return 'The model has no columns.';
  const names = [...columns.keys()].slice(0, listed).map((name) => excerpt(writeColumn(name)));
  return `The model's columns ${columns.size > listed ? 'include' : 'are'} ${names.join(', ')}.`;
}

/** `x == None`. */
function nullMeant({ name, quoted }: ColumnNode, place: Place, sources: Sources): Meaning | undefined {
  if (quoted || !nullNames.has(name.toLowerCase())) return undefined;
  const suggestion = nullTest(place, sources.text);
  return { message: 'A missing value is found with is_null(x).', suggestions: suggestion ? [suggestion] : [] };
}

/** The comparison with a null as a null test; undefined where there is no such comparison. */
export function nullTest({ parent, other }: Place, text: string): Suggestion | undefined {
  if (parent?.kind !== 'binary' || (parent.operator !== '==' && parent.operator !== '!=') || !other || other.kind === 'null')
    return undefined;
  const name = parent.operator === '==' ? 'is_null' : 'is_not_null';
  return replaceBy(operands(parent), `${name}(${text.slice(other.start, other.end)})`);
}

/** The comparison without the parentheses that may stand round it. */
export function operands(node: BinaryNode): { start: number; end: number } {
  return { start: node.left.start, end: node.right.end };
}

function infinityMeant({ name, quoted }: ColumnNode): Meaning | undefined {
  if (quoted || !infinityNames.has(name.toLowerCase())) return undefined;
  return { message: 'FQL has no infinity: a result that is not finite is null.', suggestions: [] };
}

/** `max-age`, read as a difference, where the whole is a column. */
function joinedMeant(_: ColumnNode, { parent }: Place, { text, columns }: Sources): Meaning | undefined {
  if (parent?.kind !== 'binary') return undefined;
  const span = operands(parent);
  const name = text.slice(span.start, span.end);
  if (!columns.has(name)) return undefined;
  return { message: `Did you mean ${excerpt(writeColumn(name))}?`, suggestions: [replaceBy(span, writeColumn(name))] };
}

/** `log(e)`, `length > 5`. */
function functionMeant(node: ColumnNode, sources: Sources): Meaning | undefined {
  const called = node.quoted ? undefined : functions.get(node.name);
  if (!called || called.category !== 'row') return undefined;
  const near = sources.columnNames.nearest(node.name).map((name) => replaceBy(node.nameSpan, writeColumn(name)));
  if (called.parameters.length > 0)
    return { message: `${node.name} is a function: ${signature(called)}.`, help: called.description, suggestions: near };
  const call = `${node.name}()`;
  return { message: `Did you mean the function ${call}?`, suggestions: [replaceBy(node.nameSpan, call), ...near] };
}

function nameOrTextMeant(node: ColumnNode, place: Place, sources: Sources): Meaning | undefined {
  const columns = sources.columnNames.nearest(node.name);
  const texts = textsMeant(node, place, sources);
  const same = columns.filter((name) => fold(name) === fold(node.name));
  const others = columns.filter((name) => !same.includes(name));
  const meant = node.quoted ? [...same.map(writeColumn), ...texts, ...others.map(writeColumn)] : [...columns.map(writeColumn), ...texts];
  if (meant.length === 0) return undefined;
  const message = `Did you mean ${alternatives(meant.map((one) => excerpt(one)))}?`;
  const help = texts.length > 0 ? 'Text takes single quotes, a column name double quotes or none.' : '';
  return { message, help, suggestions: meant.map((one) => replaceBy(node.nameSpan, one)) };
}

/** The text that the name may stand for, where a text fits: `geography == Texas`, `"status" == "active"`. */
function textsMeant(node: ColumnNode, { other, parent, expected, parameter }: Place, { columns, host }: Sources): string[] {
  if (expected === 'String' || parameter?.type === 'Pattern') return [writeText(node.name)];
  if (!other || other.kind === 'text' || parent?.kind !== 'binary' || (parent.operator !== '==' && parent.operator !== '!=')) return [];
  const column = other.kind === 'column' ? columns.get(other.name) : undefined;
  const type = apparentType(other, columns);
  if (type !== 'String' && !(node.quoted && type === undefined)) return [];
  const categories = column?.categories ?? [];
  if (categories.includes(node.name)) return [writeText(node.name)];
  const near = nearestNames(node.name, categories, (a, b) => host.editDistance(a, b));
  return near.length > 0 ? near.map(writeText) : [writeText(node.name)];
}

/** The type of an operand by its looks, without checking what is inside it. */
export function apparentType(node: Node, columns: Columns): FqlType | undefined {
  if (node.kind === 'number') return 'Number';
  if (node.kind === 'text') return 'String';
  if (node.kind === 'boolean') return 'Boolean';
  if (node.kind === 'column') {
    const column = columns.get(node.name);
    return column && columnTypes[column.type];
  }
  const result = node.kind === 'call' ? functions.get(node.name)?.result : undefined;
  return result === 'Branch' ? undefined : result;
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

export function unsupportedColumn(node: ColumnNode, column: FqlColumn): Finding {
  const [what, help] =
    column.type === 'timestamp'
      ? ['timestamps', "To select by time use the chart's time range; is_null(…) and is_not_null(…) are allowed here."]
      : ['vectors', 'Only is_null(…) and is_not_null(…) are allowed here.'];
  return {
    code: 'FQL_UNSUPPORTED_COLUMN_TYPE',
    span: node.nameSpan,
    message: `The column "${excerpt(node.name)}" holds ${what}, which a segment cannot compute with.`,
    help,
    suggestions: [],
  };
}
