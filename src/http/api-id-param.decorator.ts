import { ApiParam } from '@nestjs/swagger';

/**
 * The id of something, in the address.
 * @param name of the parameter
 * @param of what it is the id of, such as `model version`
 * @param example an id of the two-tenant example
 */
export const ApiIdParam = (name: string, of: string, example: string): MethodDecorator =>
  ApiParam({ name, schema: { type: 'string', format: 'uuid', example }, description: `Id of the ${of}.` });
