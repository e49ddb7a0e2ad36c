import type { Node } from './ast.js';
import { analyse } from './analysis.js';
import { bind } from './bind.js';
import { canonicalText } from './canonical.js';
import { check } from './checker.js';
import { columnsUsed } from './columns-used.js';
import type { Columns } from './columns.js';
import type { Diagnostic } from './diagnostic.js';
import { fingerprint } from './fingerprint.js';
import type { FqlHost } from './host.js';
import { fqlLimits, type FqlLimits } from './limits.js';
import { parse } from './parser.js';
import { FqlSyntaxError } from './syntax-error.js';

/** A definition that may be stored. */
export interface Checked {
  readonly valid: true;
  readonly tree: Node;
  /** Names of the columns that it reads, in code point order. */
  readonly columns: readonly string[];
  /** Worked out when read, as are the two below: a create asks for no warnings, and a recheck for nothing. */
  readonly warnings: readonly Diagnostic[];
  /** The canonical form: equal for definitions that say the same in another order or wording. */
  readonly normalized: string;
  /** 32 hexadecimal digits, a hash of `normalized`. */
  readonly fingerprint: string;
}

/** A definition that may not. */
export interface Refused {
  readonly valid: false;
  /** In text order: one error of grammar, or all of meaning up to the limit and then one `FQL_MORE_ERRORS`. */
  readonly errors: readonly Diagnostic[];
}

export type CheckedDefinition = Checked | Refused;

/**
 * The door of the language: everything that is to be known about a definition, relative to one model's columns.
 *
 * Never throws for any text. Positions refer to `text` as given; white space round the condition does not matter.
 */
export function checkDefinition(text: string, columns: Columns, host: FqlHost, limits: FqlLimits = fqlLimits): CheckedDefinition {
  let tree: Node;
  try {
    tree = parse(text, limits, columns);
  } catch (error) {
    if (!(error instanceof FqlSyntaxError)) throw error;
    return { valid: false, errors: [bind(error.finding, text)] };
  }
  const errors = check(tree, text, columns, host, limits);
  if (errors.length > 0) return { valid: false, errors: errors.map((error) => bind(error, text)) };
  let canonical: string | undefined;
  return {
    valid: true,
    tree,
    columns: columnsUsed(tree),
    get warnings() {
      return analyse(tree, columns, host).map((warning) => bind(warning, text));
    },
    get normalized() {
      return (canonical ??= canonicalText(tree));
    },
    get fingerprint() {
      return fingerprint(this.normalized, host);
    },
  };
}
