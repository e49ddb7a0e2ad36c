import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { limits } from '../../config/limits.js';
import { Text, textSchema } from '../../validation/text.decorator.js';

const optional = { required: false, nullable: true, type: String } as const;
const name = { max: limits.referenceName };

/** A link that a person may follow: nothing but http, in the characters of RFC 3986, and no password in it for all to read. */
const url = /^https?:[/]{2}[A-Za-z0-9.:[\]-]+(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%[\]-]*)?$/;

export class PutReferenceDto {
  @Text(name)
  @ApiProperty({ ...optional, ...textSchema(name), description: 'What people call it.', example: 'Churn above 5 %' })
  name?: string | null;

  @IsOptional()
  @MaxLength(limits.referenceUrl, { message: `url must have at most ${limits.referenceUrl.toLocaleString('en-US')} characters.` })
  @Matches(url, { message: 'url must be an http or https address, as in https://alerts.acme.test/42.' })
  @ApiProperty({
    ...optional,
    maxLength: limits.referenceUrl,
    pattern: url.source,
    description: 'Where it is: an http or https address without a user or password in it.',
    example: 'https://alerts.acme.test/42',
  })
  url?: string | null;
}
