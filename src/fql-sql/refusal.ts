import type { Span } from '../fql/ast.js';

/** A part of a definition that a dialect cannot do as the language says. */
export interface Refusal {
  readonly span: Span;
  /** A whole sentence. */
  readonly why: string;
}

/** Thrown by the tables of a dialect, and caught by the printer, which knows the place. */
export class Unfaithful extends Error {}

/** The text of the predicate would be beyond `longestSql`. */
export class SqlTooLong extends Error {}

/** An entry of a dialect's table for what it cannot do. */
export const refuse = (why: string) => (): never => {
  throw new Unfaithful(why);
};
