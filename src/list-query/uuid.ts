const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** A UUID of any version, in upper or lower case, with or without its dashes → lower case with dashes; else undefined. */
export const canonicalUuid = (text: string): string | undefined =>
  UUID.test(text) ? text.replaceAll('-', '').toLowerCase().replace(PARTS, '$1-$2-$3-$4-$5') : undefined;
