import type { ColumnType } from './model-enums.js';

/** A model's column as kept and as answered (`contract.md` section 6). */
export interface ModelColumn {
  /** Given by the server: the lower-cased name, with `_2`, `_3` … where two would collide. */
  readonly id: string;
  readonly name: string;
  readonly data_type: ColumnType;
  readonly min: number | null;
  readonly max: number | null;
  readonly categories: readonly unknown[] | null;
  readonly bins: readonly number[] | null;
  readonly replace_with_nulls: readonly unknown[] | null;
  readonly n_dimensions: number | null;
}

export interface ColumnSchema {
  readonly schema_version: number;
  readonly columns: readonly ModelColumn[];
}

/** Which columns play which part; none of the lists is ever null, which the client's reader would not survive. */
export interface ModelSpec {
  readonly schema_version: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly targets: readonly string[];
  readonly decisions: readonly string[];
  readonly metadata: readonly string[];
  readonly custom_features: readonly Readonly<Record<string, unknown>>[];
}

/** What the wire's model has beyond what lists and the language read. */
export interface ModelDetails {
  readonly task_params: Readonly<Record<string, unknown>>;
  readonly xai_params: Readonly<Record<string, unknown>>;
  readonly event_id_col: string | null;
  readonly event_ts_col: string | null;
  readonly event_ts_format: string | null;
  readonly algorithm: string | null;
  readonly framework: string | null;
}
