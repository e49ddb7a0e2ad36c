import { askAdminHost } from './ask-admin.js';

export interface Route {
  readonly method: string;
  /** As the router has it: `/v3/segments/:uuid`. */
  readonly pattern: string;
}

/** Every route of the build's own router, without HEAD and OPTIONS, which follow from the others. */
export async function routeTable(): Promise<Route[]> {
  const pairs = await askAdminHost<[method: string, pattern: string][]>({ routes: true });
  return pairs.map(([method, pattern]) => ({ method, pattern }));
}
