/** One page of a list, with what the envelope needs to tell its place in the whole. */
export class Page<T> {
  constructor(
    readonly items: readonly T[],
    /** Items that match, over all pages. */
    readonly total: number,
    readonly limit: number,
    readonly offset: number,
  ) {}

  map<U>(change: (item: T) => U): Page<U> {
    return new Page(
      this.items.map((item) => change(item)),
      this.total,
      this.limit,
      this.offset,
    );
  }
}
