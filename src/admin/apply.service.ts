import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Problem } from '../errors/app-error.js';
import { OrganizationRepository } from '../modules/organization/organization.repository.js';
import { Sql } from '../sql/sql.js';
import { ApplyPlan, type Outcome } from './apply-plan.js';
import { OrganizationPlanner } from './organization-planner.js';
import { checkFixture } from './fixture.js';

/** Makes the database hold what a fixture says (`admin.md`). It never deletes, and never touches what the fixture does not name. */
@Injectable()
export class ApplyService {
  constructor(
    @Inject(OrganizationPlanner) private readonly planner: OrganizationPlanner,
    @Inject(OrganizationRepository) private readonly organizations: OrganizationRepository,
    @Inject(Sql) private readonly sql: Sql,
  ) {}

  /** Whether nobody has put anything there yet. */
  async isEmpty(): Promise<boolean> {
    return (await this.organizations.count()) === 0;
  }

  /**
   * One transaction per organization, after everything was checked.
   * @param tell called with each outcome when its organization is written
   * @throws AppError with every problem of the whole fixture, each with its path; then nothing is written
   */
  async apply(value: unknown, tell: (outcome: Outcome) => void = () => undefined): Promise<Outcome[]> {
    const checked = checkFixture(value);
    if ('problems' in checked) throw new AppError('invalid', checked.problems);
    const plans: ApplyPlan[] = [];
    for (const [index, organization] of checked.fixture.organizations.entries())
      plans.push(await this.planner.plan(organization, `organizations[${index}]`));
    const problems = [...plans.flatMap((plan) => plan.problems), ...repeated(checked.fixture.organizations.map(({ name }) => name))];
    const [first, ...others] = problems;
    if (first !== undefined) throw new AppError('invalid', [first, ...others]);
    for (const plan of plans) {
      if (plan.statements.length > 0) await this.sql.write(plan.statements);
      for (const outcome of plan.outcomes) tell(outcome);
    }
    return plans.flatMap((plan) => plan.outcomes);
  }
}

const repeated = (names: readonly string[]): Problem[] =>
  names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ reason: 'Conflict', message: `organizations[${index}].name: "${name}" is named twice`, field: `organizations[${index}].name` }]
      : [],
  );
