/** What the language needs from outside. It imports no package itself, so that it runs anywhere and is tested alone. */
export interface FqlHost {
  /** The reason why `pattern` is not a valid RE2 pattern, or undefined when it is. Never throws. */
  checkPattern(pattern: string): string | undefined;
  /** A compiled search (not a whole-text match) for a pattern that `checkPattern` accepted. */
  compilePattern(pattern: string): (text: string) => boolean;
  /** About how many instructions a pattern compiles to, told without compiling it. */
  patternSize(pattern: string): number;
  /** Levenshtein distance of two texts, in UTF-16 units. */
  editDistance(a: string, b: string): number;
  /** SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hexadecimal digits. */
  sha256(text: string): string;
}
