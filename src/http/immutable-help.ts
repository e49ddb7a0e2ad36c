const oneSegment = /^\/v3\/segments\/[^/]+\/?$/;

/** Why a segment cannot be changed, and what to do instead. */
export const immutableHelp = (method: string, path: string): string | undefined =>
  ['PUT', 'PATCH'].includes(method) && oneSegment.test(path)
    ? 'Segments cannot be changed once created, since alerts and charts rely on their meaning. Create a segment under another name, move what uses the old one, then delete it.'
    : undefined;
