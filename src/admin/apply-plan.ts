import type { Problem } from '../errors/app-error.js';
import type { Statement } from '../sql/engine.js';

/** What happened to one thing of a fixture. */
export interface Outcome {
  readonly change: 'created' | 'updated' | 'unchanged';
  readonly kind: 'organization' | 'user' | 'project' | 'member' | 'model' | 'segment';
  /** `acme/churn/churn_model v1/seniors`. */
  readonly name: string;
}

/** What must be written for one organization, and what is wrong with it. */
export class ApplyPlan {
  readonly statements: Statement[] = [];
  readonly outcomes: Outcome[] = [];
  readonly problems: Problem[] = [];
  private readonly start = Date.now();
  private made = 0;

  /**
   * @param claims what the file gives to one thing only, with the path of the thing; shared by the plans of a file
   * @param noted called for each thing that was looked at
   */
  constructor(
    private readonly claims: Map<string, string>,
    private readonly noted: () => void = () => undefined,
  ) {}

  /** ISO 8601, later at each call: things made in one transaction keep their order. */
  now(): string {
    return new Date(this.start + this.made++).toISOString();
  }

  note(change: Outcome['change'], kind: Outcome['kind'], name: string, ...statements: Statement[]): void {
    this.outcomes.push({ change, kind, name });
    this.statements.push(...statements);
    this.noted();
  }

  refuse(field: string, message: string, { reason = 'ValidationError', help = '', extra }: Partial<Problem> = {}): void {
    this.problems.push({ reason, message, help, field, ...(extra === undefined ? {} : { extra }) });
  }

  /** Refuses every name after its first. */
  refuseRepeated(field: string, member: string, names: readonly string[]): void {
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) this.refuse(`${field}[${index}].${member}`, `"${name}" is named twice`, { reason: 'Conflict' });
    });
  }

  /**
   * Takes what no two things may have, over all organizations, for the thing at `path`; refuses when another thing of the file has
   * it. What the database holds cannot show this: nothing of the file is written yet.
   */
  claim(kind: Outcome['kind'], member: 'id' | 'email', value: string, path: string): void {
    const key = `${kind} ${member} ${value}`;
    const other = this.claims.get(key);
    if (other === undefined) this.claims.set(key, path);
    else this.refuse(`${path}.${member}`, `${other} has the same`, { reason: 'Conflict' });
  }
}
