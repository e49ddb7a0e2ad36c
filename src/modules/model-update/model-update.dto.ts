import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IfGiven } from '../../validation/if-given.decorator.js';
import { Text, textSchema } from '../../validation/text.decorator.js';
import { ModelContentDto, version } from '../model/model.dto.js';

/** What can be changed of a model version; what is left out stays. Columns and spec are whole: they replace those that were there. */
export class UpdateModelDto extends PartialType(ModelContentDto) {
  @IfGiven()
  @Text(version)
  @ApiProperty({ ...textSchema(version), required: false, example: 'v1', description: 'Its version.' })
  version?: string;
}
