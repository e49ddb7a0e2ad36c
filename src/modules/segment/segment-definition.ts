import { AppError, type Problem } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import type { Diagnostic } from '../../fql/diagnostic.js';
import { checkDefinition, type Checked, type Refused } from '../../fql/fql.js';
import { verdicts } from '../../metrics/tallies.js';
import { fqlHost } from './fql-host.js';

/** A definition that may be stored: as sent but for blanks at its ends, with what is kept beside it. */
export interface AcceptedDefinition {
  readonly definition: string;
  readonly columns: readonly string[];
  readonly fingerprint: string;
}

/** The verdict on a definition over a model's columns. */
export function inspectDefinition(text: string, columns: Columns): Checked | Refused {
  const verdict = checkDefinition(text, columns, fqlHost);
  verdicts.add(verdict.valid ? 'valid' : verdict.errors[0]!.code);
  return verdict;
}

/**
 * A definition that the language accepts, with its tree.
 * @throws AppError invalid, with one problem per diagnostic, each at `field`
 */
export function requireValid(text: string, columns: Columns, field = 'definition'): Checked {
  const checked = inspectDefinition(text, columns);
  if (!checked.valid) throw new AppError('invalid', checked.errors.map((error) => problemOf(error, field)) as [Problem, ...Problem[]]);
  return checked;
}

/** The one function through which every write passes its definition: create, bulk, copy, import and admin fixtures. */
export function acceptDefinition(text: string, columns: Columns, field?: string): AcceptedDefinition {
  const { columns: used, fingerprint } = requireValid(text, columns, field);
  return { definition: text.trim(), columns: used, fingerprint };
}

function problemOf({ code, message, help, position, snippet, suggestions }: Diagnostic, field: string): Problem {
  return { reason: code, message, help, field, extra: { position, snippet, suggestions } };
}
