import type { Span } from './ast.js';
import type { Diagnostic, Finding, Position } from './diagnostic.js';

/** Code points shown on each side of what is marked. */
const window = 60;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A finding with its place in the text it is about: line, column and a snippet with a caret line. */
export function bind(finding: Finding, text: string): Diagnostic {
  const { code, message, help, span, suggestions } = finding;
  const line = lineAt(text, span.start);
  return { code, message, help, position: positionIn(text, span, line), snippet: snippet(text, span, line.start), suggestions };
}

/** Where a span is in its text. */
export const positionOf = (span: Span, text: string): Position => positionIn(text, span, lineAt(text, span.start));

interface Line {
  /** Offset of its first character. */
  readonly start: number;
  /** From 1. */
  readonly number: number;
}

/** The line that holds an offset. CRLF is one line break, a lone CR or LF is one too. */
function lineAt(text: string, offset: number): Line {
  let start = 0;
  let number = 1;
  for (let at = 0; at < offset; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== lineFeed && code !== carriageReturn) continue;
    if (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed) {
      // An offset between CR and LF is still on the line that they end.
      if (at + 1 >= offset) break;
      at += 1;
    }
    start = at + 1;
    number += 1;
  }
  return { start, number };
}

function positionIn(text: string, span: Span, line: Line): Position {
  return { offset: span.start, length: span.end - span.start, line: line.number, column: codePoints(text, line.start, span.start) + 1 };
}

/** Counted in place: a copy for each of 500 warnings of one long line cost more than all the rest of the analysis. */
function codePoints(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

function snippet(text: string, span: Span, lineStart: number): string {
  // Two units a code point at most, so that a text of a megabyte costs no more than a short one.
  const before = Array.from(text.slice(Math.max(lineStart, span.start - 2 * window - 2), span.start));
  const rest = text.slice(span.start, span.start + 4 * window + 4);
  const lineBreak = rest.search(/[\r\n]/);
  const after = [...(lineBreak < 0 ? rest : rest.slice(0, lineBreak))];
  const marked = Math.max(
    1,
    Math.min(Array.from(text.slice(span.start, Math.min(span.end, span.start + 2 * window))).length, window, Math.max(after.length, 1)),
  );
  const cutLeft = before.length > window;
  const shownBefore = cutLeft ? before.slice(-window) : before;
  const shownAfter = after.slice(0, marked + window);
  const cutRight = shownAfter.length < after.length;
  const shown = `${cutLeft ? '…' : ''}${plain(shownBefore)}${plain(shownAfter)}${cutRight ? '…' : ''}`;
  return `${shown}\n${' '.repeat(shownBefore.length + (cutLeft ? 1 : 0))}${'^'.repeat(marked)}`;
}

/** One column wide for each code point and nothing that a terminal would obey. */
function plain(characters: readonly string[]): string {
  return characters.map((character) => (character === '\t' ? ' ' : unprintable.test(character) ? '\ufffd' : character)).join('');
}

const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
