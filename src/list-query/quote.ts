const LONGEST = 64;

/** The caller's word for a message: quoted, control characters escaped, cut when long. */
export function quote(word: string): string {
  const points = [...word];
  return JSON.stringify(points.length > LONGEST ? `${points.slice(0, LONGEST).join('')}…` : word);
}

/** `Did you mean "name"? ` or nothing, to put before the rest of a help text. */
export const meant = (word: string | undefined): string => (word === undefined ? '' : `Did you mean "${word}"? `);
