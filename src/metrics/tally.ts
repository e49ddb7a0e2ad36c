/** Counts by one word. Free of packages and cheap where it counts; what scrapes it gives it a name and labels. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(word: string, times = 1): void {
    this.counts.set(word, (this.counts.get(word) ?? 0) + times);
  }

  get(word: string): number {
    return this.counts.get(word) ?? 0;
  }

  words(): string[] {
    return [...this.counts.keys()];
  }
}
