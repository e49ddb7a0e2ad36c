const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** A UUID of any version, in upper or lower case, with or without its dashes → lower case with dashes; else undefined. */
export function canonicalUuid(text: string): string | undefined {
  // Nearly all are, and taking one apart to put it together again was a fiftieth of a read by id in a profile.
  if (CANONICAL.test(text)) return text;
  return UUID.test(text) ? text.replaceAll('-', '').toLowerCase().replace(PARTS, '$1-$2-$3-$4-$5') : undefined;
}
