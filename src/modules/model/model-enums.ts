/** The wire's enumerations of a model (`contract.md` section 6). */
export const modelTasks = ['binary_classification', 'multiclass_classification', 'regression', 'ranking', 'llm', 'not_set'] as const;
export type ModelTask = (typeof modelTasks)[number];

export const inputTypes = ['structured', 'text', 'mixed'] as const;
export type InputType = (typeof inputTypes)[number];

export const artifactStatuses = ['no_model', 'surrogate', 'user_uploaded'] as const;
export type ArtifactStatus = (typeof artifactStatuses)[number];

export const columnTypes = ['float', 'int', 'bool', 'str', 'category', 'timestamp', 'vector'] as const;
export type ColumnType = (typeof columnTypes)[number];
