/** An answer that was given before, to be given again. */
export class Replayed {
  /** @param data as the first answer had it */
  constructor(readonly data: unknown) {}
}
