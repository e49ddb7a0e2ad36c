import type { Node, Span } from './ast.js';
import type { Columns } from './columns.js';
import { comparisonPrecedence, infixOperators, loosest } from './operators.js';
import { writeText } from './source-text.js';

/** An operator of another language in its place, and a way to read what follows it. */
export interface ForeignUse {
  readonly text: string;
  readonly columns: Columns;
  /** The operator's word or symbol in lower case, without the `not` before it. */
  readonly operator: string;
  readonly negated: boolean;
  readonly left: Node;
  /** Where what follows the operator begins. */
  readonly rest: number;
  /** The operand at this offset, of operators that bind at least so tightly; undefined when none can be read. */
  readonly operand: (offset: number, precedence: number) => Node | undefined;
}

/** The whole use, from its left operand on, and the same written in FQL. */
export interface Rewrite {
  readonly span: Span;
  readonly text: string;
}

/** What the use means in FQL, worked out if what follows has the usual shape. */
export function rewrite(use: ForeignUse): Rewrite | undefined {
  const reader = new Reader(use);
  const written = shapes.get(use.operator)?.(reader, use);
  if (written === undefined) return undefined;
  const span = { start: use.left.start, end: reader.offset };
  const alone = use.text.slice(0, span.start).trim() === '' && use.text.slice(span.end).trim() === '';
  return { span, text: written.compound && !alone ? `(${written.text})` : written.text };
}

/** `compound`: it has `and` or `or` at its top, so it needs parentheses among other things. */
interface Written {
  readonly text: string;
  readonly compound: boolean;
}

type Shape = (reader: Reader, use: ForeignUse) => Written | undefined;

const operandPrecedence = infixOperators['+'].precedence;
const closing: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Reads on behind the operator; `offset` is where it has come to. */
class Reader {
  offset: number;

  constructor(private readonly use: ForeignUse) {
    this.offset = use.rest;
  }

  /** The left operand as written, in parentheses where a comparison would otherwise chain. */
  get left(): string {
    const { left, text } = this.use;
    const source = text.slice(left.start, left.end);
    const loose =
      (left.kind === 'binary' && infixOperators[left.operator].precedence <= comparisonPrecedence) ||
      (left.kind === 'unary' && left.operator === 'not');
    return loose && !source.startsWith('(') ? `(${source})` : source;
  }

  word(word: string): boolean {
    const at = this.skipSpace();
    const found = /^[A-Za-z_0-9]*/.exec(this.use.text.slice(at, at + word.length + 1))?.[0];
    if (found?.toLowerCase() !== word) return false;
    this.offset = at + word.length;
    return true;
  }

  symbol(symbol: string): boolean {
    const at = this.skipSpace();
    if (this.use.text[at] !== symbol) return false;
    this.offset = at + 1;
    return true;
  }

  /** An operand as written; a text in double quotes that names no column is a text. */
  operand(precedence = operandPrecedence): string | undefined {
    const node = this.node(precedence);
    if (!node) return undefined;
    if (node.kind === 'column' && node.quoted && !this.use.columns.has(node.name)) return writeText(node.name);
    return this.use.text.slice(node.start, node.end);
  }

  /** A literal text and nothing that would make it part of a larger operand. */
  literal(): string | undefined {
    const node = this.node(operandPrecedence);
    if (node?.kind === 'text') return node.value;
    return node?.kind === 'column' && node.quoted && !this.use.columns.has(node.name) ? node.name : undefined;
  }

  private node(precedence: number): Node | undefined {
    const node = this.use.operand(this.skipSpace(), precedence);
    if (node) this.offset = node.end;
    return node;
  }

  private skipSpace(): number {
    let at = this.offset;
    while (' \t\r\n'.includes(this.use.text[at] ?? '.')) at += 1;
    return at;
  }
}

const single = (text: string): Written => ({ text, compound: false });
const both = (operator: 'and' | 'or', parts: readonly string[]): Written => ({
  text: parts.join(` ${operator} `),
  compound: parts.length > 1,
});

const list: Shape = (reader, { negated }) => {
  const open = [...closing.keys()].find((bracket) => reader.symbol(bracket));
  if (open === undefined) return undefined;
  const values: string[] = [];
  do {
    const value = reader.operand();
    if (value === undefined) return undefined;
    values.push(value);
  } while (reader.symbol(','));
  if (!reader.symbol(closing.get(open) ?? ')')) return undefined;
  const { left } = reader;
  return negated
    ? both(
        'and',
        values.map((value) => `${left} != ${value}`),
      )
    : both(
        'or',
        values.map((value) => `${left} == ${value}`),
      );
};

const range: Shape = (reader, { negated }) => {
  const low = reader.operand();
  if (low === undefined || !reader.word('and')) return undefined;
  const high = reader.operand();
  if (high === undefined) return undefined;
  const { left } = reader;
  return negated ? both('or', [`${left} < ${low}`, `${left} > ${high}`]) : both('and', [`${left} >= ${low}`, `${left} <= ${high}`]);
};

const identity: Shape = (reader) => {
  const negated = reader.word('not');
  const { left } = reader;
  if (reader.word('null') || reader.word('none') || reader.word('nan')) return single(`${negated ? 'is_not_null' : 'is_null'}(${left})`);
  const value = reader.word('true') ? 'true' : reader.word('false') ? 'false' : reader.operand();
  return value === undefined ? undefined : single(`${left} ${negated ? '!=' : '=='} ${value}`);
};

const negate = (negated: boolean, text: string): Written => single(negated ? `not ${text}` : text);

const wildcards =
  (flags: string): Shape =>
  (reader, { negated }) => {
    const pattern = reader.literal();
    return pattern === undefined ? undefined : negate(negated, fromLike(reader.left, pattern, flags));
  };

/** `%` is any text and `_` any character in SQL. */
function fromLike(left: string, pattern: string, flags: string): string {
  const [, before = '', inner = '', after = ''] = /^(%?)(.*?)(%?)$/s.exec(pattern) ?? [];
  if (!/[%_]/.test(inner) && flags === '') {
    if (before === '' && after === '') return `${left} == ${writeText(inner)}`;
    if (before === '') return `startswith(${left}, ${writeText(inner)})`;
  }
  const regex = [...inner].map((character) => (character === '%' ? '.*' : character === '_' ? '.' : escapeRegex(character))).join('');
  const dotAll = /[%_]/.test(inner) ? 's' : '';
  const option = dotAll || flags ? `(?${flags}${dotAll})` : '';
  return `match(${left}, ${writeText(`${option}${before === '' ? '^' : ''}${regex}${after === '' ? '$' : ''}`)})`;
}

const pattern: Shape = (reader, { negated }) => {
  const regex = reader.literal();
  return regex === undefined ? undefined : negate(negated, `match(${reader.left}, ${writeText(regex)})`);
};

const part: Shape = (reader, { negated }) => {
  const text = reader.literal();
  return text === undefined ? undefined : negate(negated, `match(${reader.left}, ${writeText(escapeRegex(text))})`);
};

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

const exclusive: Shape = (reader, { left, text }) => {
  const right = reader.operand(comparisonPrecedence);
  return right === undefined ? undefined : single(`(${text.slice(left.start, left.end)}) != (${right})`);
};

const ternary: Shape = (reader, { left, text }) => {
  const yes = reader.operand(loosest);
  if (yes === undefined || !reader.symbol(':')) return undefined;
  const no = reader.operand(loosest);
  return no === undefined ? undefined : single(`if(${text.slice(left.start, left.end)}, ${yes}, ${no})`);
};

const cases: Shape = (reader, { left }) => {
  if (left.kind !== 'column' || left.name.toLowerCase() !== 'case') return undefined;
  const condition = reader.operand(loosest);
  if (condition === undefined || !reader.word('then')) return undefined;
  const yes = reader.operand(loosest);
  if (yes === undefined) return undefined;
  const no = reader.word('else') ? reader.operand(loosest) : 'null';
  return no === undefined || !reader.word('end') ? undefined : single(`if(${condition}, ${yes}, ${no})`);
};

const shapes: ReadonlyMap<string, Shape> = new Map([
  ['in', list],
  ['between', range],
  ['is', identity],
  ['like', wildcards('')],
  ['ilike', wildcards('i')],
  ['rlike', pattern],
  ['regexp', pattern],
  ['matches', pattern],
  ['contains', part],
  ['xor', exclusive],
  ['?', ternary],
  ['when', cases],
]);
