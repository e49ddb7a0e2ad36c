import { keywords } from './token.js';

/** How names and values are written in a definition, and how pieces of one are shown in a message. */

const excerptLength = 40;

/** `age` as it is, `"max age"`, `"a""b"`, `"and"` in quotes. */
export function writeColumn(name: string): string {
  return isBareName(name) ? name : quoteColumn(name);
}

/** `"age"`. */
export function quoteColumn(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'it''s'`. */
export function writeText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function isBareName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toLowerCase());
}

/** User text for a message: one line, control characters escaped, never more than 40 characters. */
export function excerpt(text: string): string {
  // Cut before escaping, so that a text of a megabyte costs no more than a short one; the escapes may then need a second cut.
  const escaped = text.slice(0, excerptLength + 1).replace(unprintable, escapeCharacter);
  if (escaped.length <= excerptLength) return escaped;
  return `${escaped.slice(0, excerptLength - 1).replace(/[\ud800-\udbff]$|\\(?:u[\da-f]{0,3})?$/, '')}…`;
}

const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu;

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\t') return '\\t';
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
