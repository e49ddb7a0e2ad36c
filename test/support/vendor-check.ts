import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { schemaCheck, type SchemaCheck } from './schema-check.js';
import { projectRoot } from './service.js';

/** The published API description lies beside the project and is never copied into it. */
const file = join(resolve(process.env['SHARED_DIR'] ?? join(projectRoot, '..', 'shared')), 'reference', 'vendor-openapi-subset.json');

/** The check against the published description, or undefined where it is not at hand. */
export const vendorCheck: SchemaCheck | undefined = existsSync(file) ? schemaCheck(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

export const vendorSkipped = 'the published API description is not at hand (SHARED_DIR): our answers were NOT compared with it';
