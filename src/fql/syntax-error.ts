import type { Span } from './ast.js';
import type { Finding, Suggestion } from './diagnostic.js';

/** The first thing that keeps a text from being a definition. Reading stops there. */
export class FqlSyntaxError extends Error {
  constructor(readonly finding: Finding) {
    super(finding.message);
    this.name = 'FqlSyntaxError';
  }
}

export function syntaxError(code: string, span: Span, message: string, help = '', suggestions: readonly Suggestion[] = []): FqlSyntaxError {
  return new FqlSyntaxError({ code, span: { start: span.start, end: span.end }, message, help, suggestions });
}
