import type { BinaryOperator, Span } from './ast.js';

export type Keyword = 'and' | 'or' | 'not' | 'true' | 'false' | 'null';
export type Punctuation = '(' | ')' | ',' | '=';

/**
 * A piece of the text. `miscased` is a keyword in another case than lower, `foreign` an operator that other languages have and
 * this one lacks: the parser names them where it meets them, so that the leftmost mistake is the one reported.
 */
export type Token = Span &
  (
    | { readonly kind: 'name'; readonly text: string }
    | { readonly kind: 'quoted-name'; readonly text: string }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'keyword'; readonly text: Keyword }
    | { readonly kind: 'miscased'; readonly text: string }
    | { readonly kind: 'operator'; readonly text: Exclude<BinaryOperator, 'and' | 'or'> }
    | { readonly kind: 'punctuation'; readonly text: Punctuation }
    | { readonly kind: 'foreign'; readonly text: string }
    | { readonly kind: 'end'; readonly text: '' }
  );

export const keywords: ReadonlySet<string> = new Set<Keyword>(['and', 'or', 'not', 'true', 'false', 'null']);
