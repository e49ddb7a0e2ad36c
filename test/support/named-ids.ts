import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const suites = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:e2e-)?spec\.ts$/.test(name))
    .map((name) => join(root, folder, name));

/** One check's id: of a request (S01), a token (J01), or a default (0.1). */
const id = String.raw`(?:[SJ]\d\d|0\.\d{1,2})`;
/** A title that begins with one or several of them, and what may stand between: `S42 F21 the process`, `0.5 and 0.6 a body`. */
const title = new RegExp(String.raw`(?<=['"\x60])${id}(?: (?:and )?(?:${id}|F\d\d[a-e]?))*(?=[ '"\x60])`, 'g');

/** The ids with which titles of tests begin. The language's own specs are left out: there `0.5 <` is a definition. */
export function idsInTitles(): Set<string> {
  const files = [...suites('src'), ...suites('test')].filter((file) => !/\/(?:src|test)\/fql(?:-sql)?\/(?!work)/.test(file));
  const titles = files.flatMap((file) => readFileSync(file, 'utf8').match(title) ?? []);
  return new Set(titles.flatMap((text) => text.match(new RegExp(id, 'g')) ?? []));
}
