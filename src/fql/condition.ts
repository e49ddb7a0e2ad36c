import type { BinaryNode, Node } from './ast.js';
import type { FqlColumn } from './columns.js';
import type { Truth } from './evaluator.js';
import type { Domain, Values } from './value-set.js';

/** An expression whose values are reasoned about as a whole: a column, or anything else by its canonical text. */
export interface Variable {
  /** Equal for expressions that have equal values in every row. */
  readonly key: string;
  readonly domain: Domain;
  /** What must be known for it to be known. */
  readonly known: readonly Node[];
  readonly column?: FqlColumn;
}

/** One variable against a set: true in it, false outside, `whenNull` when the variable is null. */
export interface Atom {
  readonly kind: 'atom';
  readonly node: Node;
  readonly variable: Variable;
  readonly holds: Values;
  readonly whenNull: Truth;
}

/** `and` is `all`, `or` is `any`: flat, in text order. */
export interface Chain {
  readonly kind: 'all' | 'any';
  readonly node: BinaryNode;
  readonly parts: readonly Condition[];
}

/** `if(test, yes, no)` of conditions. */
interface Choice {
  readonly kind: 'choice';
  readonly node: Node;
  readonly test: Condition;
  readonly yes: Condition;
  readonly no: Condition;
}

/** `part == expected`; `not part` is `part == false`. */
interface Is {
  readonly kind: 'is';
  readonly node: Node;
  readonly part: Condition;
  readonly expected: boolean;
}

/** A Boolean expression in the form that the analysis works on. */
export type Condition = Atom | Chain | Choice | Is | { readonly kind: 'constant'; readonly node: Node; readonly value: Truth };

export function isChain(condition: Condition): condition is Chain {
  return condition.kind === 'all' || condition.kind === 'any';
}
