const maximumLength = 100;
const maximumCandidates = 2_000;
const maximumAnswers = 3;

/**
 * The names nearest to a mistyped one, best first, at most three (`fql.md` section 7).
 *
 * A name that differs only in case, surrounding spaces or normal form comes first. Long names are left alone, and among very many
 * candidates only those that begin alike are found, so that the work stays small whatever was sent.
 */
export function nearestNames(name: string, candidates: readonly string[], editDistance: (a: string, b: string) => number): string[] {
  if (name.length > maximumLength) return [];
  const wanted = fold(name);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const many = candidates.length > maximumCandidates;
  const found: { name: string; distance: number }[] = [];
  for (const candidate of candidates) {
    if (candidate.length > maximumLength) continue;
    const folded = fold(candidate);
    if (folded === wanted) found.push({ name: candidate, distance: -1 });
    else if (many) {
      if (wanted !== '' && folded.startsWith(wanted)) found.push({ name: candidate, distance: 0 });
    } else if (Math.abs(folded.length - wanted.length) <= allowed) {
      const distance = editDistance(folded, wanted);
      if (distance <= allowed) found.push({ name: candidate, distance });
    }
  }
  found.sort((a, b) => a.distance - b.distance);
  return found.slice(0, maximumAnswers).map((one) => one.name);
}

/** What two names have in common that a reader takes for the same. */
export function fold(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
