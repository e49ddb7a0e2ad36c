import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { describeFields } from '../list-query/describe-fields.js';
import type { FieldMap } from '../list-query/field-map.js';
import { parseListQuery } from '../list-query/parse-list-query.js';

/** What a list reads: its fields, and parameters of its own beside the five. */
export interface ListSpec {
  readonly fields: FieldMap;
  readonly extra?: readonly string[];
}

/** The list request, checked against the list's field map: a `ListQuery`. */
export const ListParams = createParamDecorator(({ fields, extra }: ListSpec, context: ExecutionContext) =>
  parseListQuery(fields, context.switchToHttp().getRequest<FastifyRequest>().query as Record<string, unknown>, extra),
);

/** The five parameters in the OpenAPI document, from the same field map that checks them. */
export function ApiListParams({ fields }: ListSpec): MethodDecorator {
  return applyDecorators(
    ...describeFields(fields).map(({ name, description, schema, example }) =>
      ApiQuery({ name, description, required: false, schema: { ...schema, ...(example === undefined ? {} : { example }) } }),
    ),
  );
}
