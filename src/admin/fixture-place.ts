import type { Columns } from '../fql/columns.js';
import type { UserRecord } from '../modules/user/user.repository.js';

/** Where a project of a fixture belongs. */
export interface OrganizationPlace {
  readonly organization: { readonly id: string; readonly name: string };
  /** By address: those in the database and those that the fixture adds. */
  readonly users: ReadonlyMap<string, UserRecord>;
  /** Whose work it is where the fixture does not say. */
  readonly admin: UserRecord;
}

/** Where a model belongs. */
export interface ProjectPlace extends OrganizationPlace {
  /** `name` with the organization's before it. */
  readonly project: { readonly id: string; readonly name: string };
}

/** Where a segment belongs. */
export interface ModelPlace extends ProjectPlace {
  readonly model: { readonly id: string; readonly name: string; readonly columns: DefinitionColumns };
}

/** What definitions are checked over. A problem of one that names an uncertain column is not told: the column may be the reason. */
export interface DefinitionColumns {
  readonly known: Columns;
  readonly uncertain: readonly string[];
}
