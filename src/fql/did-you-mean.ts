const maximumLength = 100;
const maximumCandidates = 2_000;
const maximumAnswers = 3;

type Distance = (a: string, b: string) => number;

/**
 * Names to find the nearest of for a mistyped one (`fql.md` section 7).
 *
 * Long names are left alone, and among very many names only those that begin alike are found, so that the work stays small
 * whatever was sent.
 */
export class KnownNames {
  private folded: readonly string[] | undefined;

  constructor(
    private readonly names: readonly string[],
    private readonly distance: Distance,
  ) {}

  /** Best first, at most three. One that differs only in case, surrounding spaces or normal form comes first. */
  nearest(name: string): string[] {
    if (name.length > maximumLength) return [];
    this.folded ??= this.names.map((one) => (one.length > maximumLength ? '' : fold(one)));
    const wanted = fold(name);
    const measure = this.names.length > maximumCandidates ? beginning : this.distance;
    const allowed = Math.max(1, Math.floor(wanted.length / 3));
    const found: { name: string; distance: number }[] = [];
    this.folded.forEach((folded, index) => {
      if (folded === '' || (measure === this.distance && Math.abs(folded.length - wanted.length) > allowed)) return;
      const distance = folded === wanted ? -1 : measure(folded, wanted);
      if (distance <= allowed) found.push({ name: this.names[index] ?? '', distance });
    });
    found.sort((a, b) => a.distance - b.distance);
    return found.slice(0, maximumAnswers).map((one) => one.name);
  }
}

/** The nearest of names that are looked at only once. */
export function nearestNames(name: string, candidates: readonly string[], distance: Distance): string[] {
  return new KnownNames(candidates, distance).nearest(name);
}

function beginning(name: string, wanted: string): number {
  return wanted !== '' && name.startsWith(wanted) ? 0 : Infinity;
}

/** What two names have in common that a reader takes for the same. */
export function fold(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
