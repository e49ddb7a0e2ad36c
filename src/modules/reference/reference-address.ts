/** `contract.md` section 7. */
export const kindForm = /^[a-z][a-z0-9_-]{0,31}$/;

/** No control characters, and no blank at an end: the database would take keys for equal that differ by it. */
// oxlint-disable-next-line no-control-regex -- they are what it is about
export const keyForm = /^[^\s\u0000-\u001f\u007f-\u009f](?:[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f])?$/u;

/** Which one of the references to a segment is meant. */
export interface ReferenceAddress {
  readonly kind: string;
  readonly key: string;
}
