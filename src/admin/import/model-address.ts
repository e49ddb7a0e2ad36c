import { canonicalUuid } from '../../list-query/uuid.js';

/** How a command line names a model version. */
export type ModelAddress = { readonly id: string } | { readonly project: string; readonly name: string; readonly version: string };

/**
 * An id, or `project/model/version`. A model's name may hold slashes, a project's may not; where a version has one, only the id will do.
 * @throws RangeError when it is neither
 */
export function parseModelAddress(text: string): ModelAddress {
  const id = canonicalUuid(text);
  if (id !== undefined) return { id };
  const [, project, name, version] = /^([\w-]+)\/(.+)\/([^/]+)$/s.exec(text) ?? [];
  if (project === undefined || name === undefined || version === undefined)
    throw new RangeError('Give the id of the model version, or project/model/version such as churn/churn_model/v1.');
  return { project, name, version };
}
