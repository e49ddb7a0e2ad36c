/** The tutorial's TypeScript, made JavaScript beside the build. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { tutorial } from './candidate.mjs';

export function buildTutorial() {
  const source = readFileSync(join(import.meta.dirname, 'candidates', 'tutorial.ts'), 'utf8');
  const compilerOptions = { target: 'ES2023', module: 'ESNext', experimentalDecorators: true, emitDecoratorMetadata: true };
  mkdirSync(dirname(tutorial.file), { recursive: true });
  writeFileSync(tutorial.file, ts.transpileModule(source, { compilerOptions }).outputText);
}
