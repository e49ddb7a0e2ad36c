import { indexColumns, type Columns } from '../../fql/columns.js';
import type { ModelTask } from './model-enums.js';
import type { ColumnSchema, ModelDetails, ModelSpec } from './model-schema.js';

/** The columns that a definition over this model may use, as the language wants them. */
export const columnsOf = (schema: ColumnSchema): Columns =>
  indexColumns(
    schema.columns.map(({ name, data_type: type, min, max, categories }) => ({
      name,
      type,
      min,
      max,
      categories: categories?.map(String) ?? null,
    })),
  );

/** The server's ids of columns: the lower-cased name, with `_2`, `_3` … where two would collide (`contract.md` section 6). */
export function columnIds(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.toLowerCase();
    let id = plain;
    for (let n = 2; taken.has(id); n++) id = `${plain}_${n}`;
    taken.add(id);
    return id;
  });
}

/** Whether a model ranks, and its first target has two classes. */
export function isBinaryRanking(task: ModelTask, schema: ColumnSchema, spec: ModelSpec, taskParams: ModelDetails['task_params']): boolean {
  const target = schema.columns.find(({ name }) => name === spec.targets[0]);
  const order = taskParams['target_class_order'] as readonly unknown[] | null | undefined;
  const classes = target?.data_type === 'bool' ? 2 : (order ?? target?.categories)?.length;
  return task === 'ranking' && classes === 2;
}
