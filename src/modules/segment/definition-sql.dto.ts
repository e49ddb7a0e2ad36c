import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { limits } from '../../config/limits.js';
import { dialectNames, type DialectName } from '../../fql-sql/dialects.js';
import { Text, textSchema } from '../../validation/text.decorator.js';
import { IfGiven } from '../../validation/if-given.decorator.js';
import { DefinitionSubjectDto, subjectBody } from './definition.dto.js';

const name = { min: 1, max: limits.columnName };

export class DefinitionSqlDto extends DefinitionSubjectDto {
  @IsIn(dialectNames, { message: `dialect must be one of ${dialectNames.join(', ')}.` })
  @ApiProperty({ enum: dialectNames, description: 'The database that is to run it; mysql is MariaDB too.', example: 'duckdb' })
  dialect!: DialectName;

  @IfGiven()
  @Text(name)
  @ApiProperty({
    ...textSchema(name),
    required: false,
    description: 'The table, or its alias, to name before each column. It is quoted as one name.',
    example: 'e',
  })
  table?: string;

  @IfGiven()
  @Text(name)
  @ApiProperty({
    ...textSchema(name),
    required: false,
    description: 'What the name of each column begins with in that table.',
    example: 'feature_',
  })
  column_prefix?: string;
}

export const definitionSqlBody = subjectBody(DefinitionSqlDto);
