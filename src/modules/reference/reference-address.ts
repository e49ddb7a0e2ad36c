import { limits } from '../../config/limits.js';

/** `contract.md` section 7. */
export const kindForm = '^[a-z][a-z0-9_-]{0,31}$';

/** As the inside of a character class. */
const control = '\\u0000-\\u001f\\u007f-\\u009f';

/** No blank at an end: the database would take keys for equal that differ by it. */
export const keyForm = `^[^\\s${control}](?:[^${control}]{0,${limits.referenceKey - 2}}[^\\s${control}])?$`;

/** Which one of the references to a segment is meant. */
export interface ReferenceAddress {
  readonly kind: string;
  readonly key: string;
}
