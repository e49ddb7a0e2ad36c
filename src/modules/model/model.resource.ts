import { ApiProperty } from '@nestjs/swagger';

/** The model version that a segment belongs to. */
export class ModelCompact {
  @ApiProperty({ format: 'uuid', example: '0c1d0000-0000-4000-8000-0000000000a8', description: 'Id of the model version.' })
  id!: string;

  @ApiProperty({ example: 'churn_model', description: 'Name of the model.' })
  name!: string;

  @ApiProperty({ example: 'v1', description: 'Version of the model.' })
  version!: string;
}
