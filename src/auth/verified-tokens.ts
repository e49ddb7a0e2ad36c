import { LRUCache } from 'lru-cache';
import { clockLeeway } from './jwt-policy.js';

/** Characters of tokens that are remembered, of 10,000 callers about; of more, those that were quiet longest are forgotten. */
const charactersKept = 4_000_000;

interface Verified {
  readonly subject: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/**
 * Tokens whose signature and claims were found good, until they expire: a client sends the same one again and again, and to verify it
 * took a fifth of a read by id in a profile. Nothing but time can make a good token bad, since keys change with the process only; who the subject
 * is, and whether they are still active, is asked each time.
 */
export class VerifiedTokens {
  private readonly tokens = new LRUCache<string, Verified>({ maxSize: charactersKept, sizeCalculation: (_, token) => token.length });

  keep(token: string, subject: string, expires: number): void {
    this.tokens.set(token, { subject, expires });
  }

  /**
   * Whom a token names that was found good before, and has not expired.
   * @param now seconds since 1970
   */
  subject(token: string, now: number): string | undefined {
    const known = this.tokens.get(token);
    if (known === undefined) return undefined;
    if (now < known.expires + clockLeeway) return known.subject;
    this.tokens.delete(token);
    return undefined;
  }
}
