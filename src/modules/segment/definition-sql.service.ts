import { Injectable } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { AppError, type Problem } from '../../errors/app-error.js';
import { bind } from '../../fql/bind.js';
import { dialectNames } from '../../fql-sql/dialects.js';
import type { Refusal } from '../../fql-sql/refusal.js';
import { toSql } from '../../fql-sql/to-sql.js';
import type { Caller } from '../user/caller.js';
import type { DefinitionSqlDto } from './definition-sql.dto.js';
import type { DefinitionSqlResource } from './definition-sql.resource.js';
import { DefinitionService } from './definition.service.js';
import { requireValid } from './segment-definition.js';

/** A definition for the database in which the rows are. */
@Injectable()
export class DefinitionSqlService {
  constructor(private readonly definitions: DefinitionService) {}

  /** @throws AppError invalid: what is wrong with the definition as in a create, or what the dialect cannot do faithfully, and where */
  async toSql(caller: Caller, dto: DefinitionSqlDto): Promise<DefinitionSqlResource> {
    const { text, columns } = await this.definitions.subject(caller, dto);
    const { tree } = requireValid(text, columns);
    const { dialect, table, column_prefix: columnPrefix } = dto;
    const result = toSql(tree, columns, dialect, { table, columnPrefix });
    if ('predicate' in result) return { dialect, ...result.predicate };
    const isTaken = (name: (typeof dialectNames)[number]) => 'predicate' in toSql(tree, columns, name);
    const others = dialectNames.filter((name) => name !== dialect && isTaken(name));
    const help = others.length === 0 ? 'No other dialect takes it either.' : `It can be done in ${others.join(', ')}.`;
    const problems = result.refusals.slice(0, limits.problemsPerAnswer).map((refusal) => problemOf(refusal, text, help));
    throw new AppError('invalid', problems as [Problem, ...Problem[]]);
  }
}

/** A reason of its own: the definition is right, it is the dialect that falls short. */
function problemOf({ span, why }: Refusal, text: string, help: string): Problem {
  const code = 'UnfaithfulDialect';
  const { message, position, snippet, suggestions } = bind({ code, message: why, help, span, suggestions: [] }, text);
  return { reason: code, message, help, field: 'definition', extra: { position, snippet, suggestions } };
}
