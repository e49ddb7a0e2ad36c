/**
 * Writes `schema.d.ts` from the document that the service publishes about itself.
 *
 *     npm run generate:client                             of `openapi.json`, after that was written anew from the build
 *     node clients/typescript/generate.mjs URL FILE       of the service at URL, into FILE
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

const [url, file = join(import.meta.dirname, 'schema.d.ts')] = process.argv.slice(2);
const document =
  url === undefined ? JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8')) : await published(url);

async function published(base) {
  const answer = await fetch(`${base}/openapi.json`);
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}.`);
  return answer.json();
}

// Every failure of every route has the same form, and a dozen statuses each would be nine tenths of the file.
const failure = {
  description: 'What went wrong.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResource' } } },
};
for (const operation of Object.values(document.paths).flatMap(Object.values)) {
  const fine = Object.entries(operation.responses).filter(([status]) => status < '400');
  operation.responses = { ...Object.fromEntries(fine), default: failure };
}
delete document.components.responses;

const types = await openapiTS(document, {
  // A member that has a default may be left out of a request.
  defaultNonNullable: false,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
});
writeFileSync(file, `${COMMENT_HEADER}${astToString(types)}`);
