import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the project's own package.json, which lies above this file, bundled or not; `unknown` where it was not brought along. */
export function releaseOf(directory = import.meta.dirname): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { name?: unknown; version?: unknown };
    if (name === 'segments') return String(version);
  } catch {
    // None here.
  }
  const above = dirname(directory);
  return above === directory ? 'unknown' : releaseOf(above);
}
