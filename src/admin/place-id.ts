import { v5 as uuidv5 } from 'uuid';

/** Ours alone; changing it would change every derived id. */
const namespace = '6f3a52a4-6d0c-5f57-9a0e-2f1f6a8d3c11';

/** The id of a thing that a fixture gives none: from its place and name, so that it is the same on every machine. */
export const placeId = (...path: readonly string[]): string => uuidv5(path.map(encodeURIComponent).join('/'), namespace);
