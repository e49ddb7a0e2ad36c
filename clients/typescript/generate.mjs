/**
 * Writes `schema.d.ts` from the document that the service publishes about itself.
 *
 *     npm run generate:client                             of the build, started for this on an empty database in memory
 *     node clients/typescript/generate.mjs URL FILE       of the service at URL, into FILE
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { listening, serviceEnv, start } from '../../test/support/service-process.mjs';

const [given, file = join(import.meta.dirname, 'schema.d.ts')] = process.argv.slice(2);
const own = { PATH: process.env.PATH, HOME: process.env.HOME };
const service = given === undefined ? start(process.execPath, ['dist/main.js'], serviceEnv(own, 'sqlite::memory:')) : undefined;

const answer = await fetch(`${given ?? (await listening(service))}/openapi.json`);
service?.child.kill('SIGTERM');
if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}.`);
const document = await answer.json();

// Every failure of every route has the same form, and a dozen statuses each would be nine tenths of the file.
const failure = {
  description: 'What went wrong.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResource' } } },
};
for (const operation of Object.values(document.paths).flatMap(Object.values)) {
  const fine = Object.entries(operation.responses).filter(([status]) => status < '400');
  operation.responses = { ...Object.fromEntries(fine), default: failure };
}

const types = await openapiTS(document, {
  // A member that has a default may be left out of a request.
  defaultNonNullable: false,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
});
writeFileSync(file, `${COMMENT_HEADER}${astToString(types)}`);
