/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  /** `warning`: it works, but not as well or as long as it should. */
  readonly status: 'ok' | 'warning' | 'wrong';
  /** What was found. */
  readonly value: string;
  /** How to mend it; empty when there is nothing to mend. */
  readonly fix: string;
}

export const fine = (name: string, value: string): Finding => ({ name, status: 'ok', value, fix: '' });

export const wrong = (name: string, value: string, fix: string): Finding => ({ name, status: 'wrong', value, fix });

export const warning = (name: string, value: string, fix: string): Finding => ({ name, status: 'warning', value, fix });

/** The first of these judgements that holds, or all is well. */
export const judged = (
  name: string,
  value: string,
  ...judgements: readonly (readonly [boolean, 'warning' | 'wrong', string])[]
): Finding => {
  const [, status, fix] = judgements.find(([holds]) => holds) ?? [];
  return status === undefined ? fine(name, value) : { name, status, value, fix: fix! };
};
