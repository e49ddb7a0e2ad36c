/** SQL text and what its `?` stand for, in order. Every parameter is a text, which is how prepared statements take a LIMIT. */
export interface Sql {
  readonly sql: string;
  readonly params: readonly string[];
}

/** SQL that reads tables: `needs` names the aliases it mentions. */
export interface Clause extends Sql {
  readonly needs: ReadonlySet<string>;
}

export const NOTHING = '1 = 0';
export const EVERYTHING = '1 = 1';

/** Clauses under one connective, in parentheses when there are several. */
export function join(clauses: readonly Clause[], connective: 'AND' | 'OR'): Clause {
  const text = clauses.map(({ sql }) => sql).join(` ${connective} `);
  return {
    sql: clauses.length > 1 ? `(${text})` : text,
    params: clauses.flatMap(({ params }) => params),
    needs: new Set(clauses.flatMap(({ needs }) => [...needs])),
  };
}
