import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI 3.0.3 document of the running routes. */
export function buildDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('Segments API')
    .setDescription(
      'Segments: named, immutable, Boolean row-level conditions over the columns of a model version. Authorize with a bearer token.',
    )
    .setVersion('3.0')
    .setLicense('UNLICENSED', 'https://docs.npmjs.com/cli/v11/configuring-npm/package-json#license')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the admin command `token EMAIL`.' })
    .addServer('/', 'This service')
    .addTag('Segments', 'Keep and find segments.')
    .addTag('Definitions', 'Check and try definitions without storing them.')
    .addTag('References', 'Say what uses a segment; while something does, it cannot be deleted.')
    .addTag('Projects', 'What models belong to.')
    .addTag('Models', 'Model versions and their columns.')
    .addTag('Server', 'What the client asks first.')
    .addTag('Health', 'For orchestrators.')
    .build();
  return finished(SwaggerModule.createDocument(app, config));
}

/** What no decorator says of a whole document. */
function finished(document: OpenAPIObject): OpenAPIObject {
  // Unknown members of a body are refused, and answers have none: a schema with members says that there are no others.
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    if ('properties' in schema && schema.properties !== undefined) schema.additionalProperties ??= false;
  }
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item as Record<string, OperationObject>));
  for (const operation of operations) {
    operation.security ??= [];
    shareErrors(operation, ((document.components ??= {}).responses ??= {}));
  }
  return document;
}

/** The error answers of a status are alike on every route: each stands once among the components, or they were four fifths of the document. */
function shareErrors({ responses }: OperationObject, shared: Record<string, unknown>): void {
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) < 400) continue;
    shared[`Error${status}`] ??= response;
    responses[status] = { $ref: `#/components/responses/Error${status}` };
  }
}

type OperationObject = Pick<OperationsOf, 'security' | 'responses'>;
type OperationsOf = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Swagger UI at /docs and the document at /openapi.json. A demo token, when given, is filled in: whoever gets the page has it. */
export function mountSwagger(app: NestFastifyApplication, document: OpenAPIObject, demoToken?: string): void {
  const scheme = document.components?.securitySchemes?.['bearer'];
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Segments API',
    swaggerOptions: {
      tryItOutEnabled: true,
      displayRequestDuration: true,
      // A token that is kept by the browser would be put back over the one that is filled in, and may be of another database.
      persistAuthorization: demoToken === undefined,
      ...(demoToken === undefined ? {} : { authAction: { bearer: { name: 'bearer', schema: scheme, value: demoToken } } }),
    },
  });
}
