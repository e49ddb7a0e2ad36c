/**
 * What a spreadsheet would run as a formula: a cell that begins so. In an export such a field gets an apostrophe in front, which an
 * import takes off again; a field that begins with apostrophes and then so gets one more, so that both ways agree for every text.
 */
const guarded = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const guard = /^'(?='*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/;

export const guardFormula = (field: string): string => (guarded.test(field) ? `'${field}` : field);

export const unguardFormula = (field: string): string => field.replace(guard, '');
