import type { Problem } from '../errors/app-error.js';
import type { Position, Suggestion } from '../fql/diagnostic.js';

/** What a definition's problem carries beside its message. */
interface Finding {
  readonly position?: Position;
  readonly snippet?: string;
  readonly suggestions?: readonly Suggestion[];
}

/** Reasons that say no more than the message does. */
const plainReasons: ReadonlySet<string> = new Set(['ValidationError', 'BadRequest', 'Conflict', 'ObjectNotFound', 'Forbidden', 'Failed']);

/**
 * A problem for a person at a terminal: its place and what is wrong on one line, then, indented, the part of the definition with a
 * caret under it and how to mend it.
 */
export function problemText({ reason, message, help = '', field, extra }: Problem): string {
  const { position, snippet = '', suggestions = [] } = (extra ?? {}) as Finding;
  const where = position === undefined ? '' : `, line ${position.line}, column ${position.column}`;
  const code = plainReasons.has(reason) ? '' : ` (${reason}${where})`;
  const further = [snippet, ...suggestions.map(({ title }) => `→ ${title}`), help].filter((text) => text !== '');
  // A message that begins with the name of its field needs it no second time.
  const place = field === undefined || field === '' || message.startsWith(`${field} `) ? '' : `${field}: `;
  return [`${place}${message}${code}`, ...further.map(indented)].join('\n');
}

/** Each line two blanks further in. */
export const indented = (text: string): string => text.replace(/^/gm, '  ');
