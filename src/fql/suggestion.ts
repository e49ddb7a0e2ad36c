import type { Span } from './ast.js';
import type { Suggestion } from './diagnostic.js';
import { excerpt } from './source-text.js';

/** A mend that puts `text` in the place of `span`. */
export function replaceBy(span: Span, text: string): Suggestion {
  return { title: `Replace by ${excerpt(text)}`, edits: [{ offset: span.start, length: span.end - span.start, text }] };
}

export function remove(span: Span, what: string): Suggestion {
  return { title: `Remove ${excerpt(what)}`, edits: [{ offset: span.start, length: span.end - span.start, text: '' }] };
}

export function insert(offset: number, text: string): Suggestion {
  return { title: `Insert ${excerpt(text.trim())}`, edits: [{ offset, length: 0, text }] };
}
