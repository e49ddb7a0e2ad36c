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
  return closed(SwaggerModule.createDocument(app, config));
}

/** Unknown members of a body are refused, and answers have none: a schema with members says that there are no others. */
function closed(document: OpenAPIObject): OpenAPIObject {
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    if ('properties' in schema && schema.properties !== undefined) schema.additionalProperties ??= false;
  }
  return document;
}

/** Swagger UI at /docs and the document at /openapi.json. A demo token, when given, is filled in. */
export function mountSwagger(app: NestFastifyApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Segments API',
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true, displayRequestDuration: true },
  });
}
