import { ApiProperty } from '@nestjs/swagger';
import { dialectNames, type DialectName } from '../../fql-sql/dialects.js';
import { longestSql } from '../../fql-sql/sql.js';

export class DefinitionSqlResource {
  @ApiProperty({ enum: dialectNames, example: 'duckdb', description: 'The dialect.' })
  dialect!: DialectName;

  @ApiProperty({
    maxLength: longestSql,
    example: `("e"."feature_age" > CAST($1 AS BIGINT)) AND ((CAST("e"."feature_geography" AS VARCHAR) COLLATE C) = CAST($2 AS VARCHAR))`,
    description:
      'A condition for a WHERE: true for the rows of the segment, false or null for all others. Values stand in places: ? in mysql, $1 in ' +
      'duckdb, @p1 in bigquery, {p1:String} in clickhouse.',
  })
  sql!: string;

  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    example: [50, 'Hawaii'],
    description: 'The values in the order of their places. A whole number past 2^53 comes as its digits.',
  })
  parameters!: readonly (string | number)[];
}
