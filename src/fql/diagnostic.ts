import type { Span } from './ast.js';

/** One replacement in the text as sent: `length` UTF-16 units from `offset` become `text`. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** A mend that an editor can apply as it is. */
export interface Suggestion {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** A finding as the parser, checker and analysis report it: a code, a span, a plain sentence. */
export interface Finding {
  readonly code: string;
  readonly span: Span;
  readonly message: string;
  /** What to do about it, one or two plain sentences; may be empty. */
  readonly help: string;
  readonly suggestions: readonly Suggestion[];
}

/** Where a finding is: `offset` and `length` in UTF-16 units from 0; `line` from 1; `column` from 1 in code points. */
export interface Position {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** A finding bound to its text, as the wire shows it (`contract.md` section 7). */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly position: Position;
  /** The line with a caret line under it, for terminals and logs. */
  readonly snippet: string;
  readonly suggestions: readonly Suggestion[];
}
