import { Inject, Injectable } from '@nestjs/common';
import { refuseAny, type Problem } from '../errors/app-error.js';
import { Sql } from '../sql/sql.js';
import { SqlError } from '../sql/sql-error.js';
import { ApplyPlan, type Outcome } from './apply-plan.js';
import { checkFixture, type CheckedFixture, type OrganizationEntry } from './fixture.js';
import { OrganizationPlanner } from './organization-planner.js';

interface ApplyOptions {
  /** Plan and check, but write nothing. */
  readonly dryRun?: boolean;
  /** Told how many things have been looked at, before anything is written. */
  readonly progress?: (done: number, of: number) => void;
  /** Called with each outcome when its organization is written. */
  readonly tell?: (outcome: Outcome) => void;
}

/** How often an organization is planned again when another process put something there in between. */
const attempts = 3;

/** Makes the database hold what a fixture says (`admin.md`). It never deletes, and never touches what the fixture does not name. */
@Injectable()
export class ApplyService {
  constructor(
    @Inject(OrganizationPlanner) private readonly planner: OrganizationPlanner,
    @Inject(Sql) private readonly sql: Sql,
  ) {}

  /**
   * One transaction per organization, after everything was checked.
   * @throws AppError with every problem of the whole fixture, each with its path; then nothing is written
   */
  async apply(
    value: unknown,
    { dryRun = false, tell = () => undefined, progress = () => undefined }: ApplyOptions = {},
  ): Promise<Outcome[]> {
    const { fixture, problems: shape } = checkFixture(value);
    const plans = fixture === undefined ? [] : await lookAgain(() => this.planAll(fixture, progress));
    const meaning = plans.flatMap((plan) => plan.problems).filter(({ field = '' }) => !shape.some((known) => covers(known, field)));
    refuseAny('invalid', [...shape, ...meaning]);
    if (fixture === undefined) throw new Error('a fixture that has no shape has a problem');
    const outcomes: Outcome[] = [];
    for (const [index, plan] of plans.entries()) {
      const written = dryRun ? plan : await this.write(plan, fixture.organizations[index]!, index);
      for (const outcome of written.outcomes) tell(outcome);
      outcomes.push(...written.outcomes);
    }
    return outcomes;
  }

  private async planAll(fixture: CheckedFixture, progress: (done: number, of: number) => void): Promise<ApplyPlan[]> {
    const { organizations } = fixture;
    const claims = new Map<string, string>();
    const of = thingsOf(fixture);
    let done = 0;
    const noted = (): void => progress(++done, of);
    const plans: ApplyPlan[] = [];
    for (const [index, organization] of organizations.entries()) plans.push(await this.plan(organization, index, claims, noted));
    plans[0]?.refuseRepeated(
      'organizations',
      'name',
      organizations.map(({ name }) => name),
    );
    return plans;
  }

  private plan(organization: OrganizationEntry, index: number, claims = new Map<string, string>(), noted?: () => void): Promise<ApplyPlan> {
    return this.planner.plan(new ApplyPlan(claims, noted), organization, `organizations[${index}]`);
  }

  /** What another process wrote since the plan was made shows as a duplicate; a new plan then finds it there. */
  private async write(plan: ApplyPlan, organization: OrganizationEntry, index: number): Promise<ApplyPlan> {
    for (let current = plan, attempt = 1; ; attempt++) {
      try {
        if (current.statements.length > 0) await this.sql.write(current.statements);
        return current;
      } catch (error) {
        if (!(error instanceof SqlError) || error.kind !== 'duplicate' || attempt === attempts) throw error;
        [current] = await lookAgain(async () => [await this.plan(organization, index)] as const);
        refuseAny('conflict', current.problems);
      }
    }
  }
}

/**
 * A plan is made of many reads: what another process writes between two of them looks like a contradiction, which a second look does
 * not find.
 */
async function lookAgain<T extends readonly ApplyPlan[]>(plan: () => Promise<T>): Promise<T> {
  const plans = await plan();
  return plans.some(({ problems }) => problems.length > 0) ? plan() : plans;
}

/** How many things a fixture names. */
const thingsOf = ({ organizations }: CheckedFixture): number =>
  organizations.reduce(
    (sum, { users, projects }) =>
      sum +
      1 +
      users.length +
      projects.reduce(
        (inside, { members, models }) =>
          inside + 1 + members.length + models.length + models.reduce((all, { segments }) => all + segments.length, 0),
        0,
      ),
    0,
  );

/** Whether the problem is of this field or of something that it holds: what is wrong there is known already. */
const covers = ({ field: known = '' }: Problem, field: string): boolean =>
  field === known || (field.startsWith(known) && /^[.[]/.test(field.slice(known.length)));
