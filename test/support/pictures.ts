import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';

const root = join(import.meta.dirname, '..', '..');

/** The lines of the drawing that begins with the comment `%% name`, in whatever page it stands; undefined where there is none. */
export function drawing(name: string): string[] | undefined {
  const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((file) => join('docs', file))].filter((file) => file.endsWith('.md'));
  for (const page of pages) {
    for (const [, block] of readFileSync(join(root, page), 'utf8').matchAll(/^```mermaid\n([\s\S]+?)^```$/gm)) {
      const lines = block!
        .trim()
        .split('\n')
        .map((line) => line.trim());
      if (lines.includes(`%% ${name}`)) return lines;
    }
  }
  return undefined;
}

/** The folder of a source file as the drawing names it: each module by itself; `app` is what stands at the root, and the command line. */
function folderOf(path: string): string {
  const [first = '', second, third] = path.split('/');
  if (second === undefined || first === 'admin') return 'app';
  return first === 'modules' && third !== undefined ? second : first;
}

/** Which folder imports which: only those arrows that no longer way says already, or there were a hundred. */
export function foldersAndArrows(): string[] {
  const source = join(root, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'),
  );
  const imported = new Map<string, Set<string>>();
  for (const file of files) {
    const from = folderOf(file);
    const targets = imported.get(from) ?? imported.set(from, new Set()).get(from)!;
    for (const [, name] of readFileSync(join(source, file), 'utf8').matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g)) {
      if (name === undefined) continue;
      const to = folderOf(join(file, '..', name).replace(/\.js$/, '.ts'));
      if (to !== from) targets.add(to);
    }
  }
  const reaches = (from: string, to: string): boolean => [...(imported.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  return [...imported]
    .flatMap(([from, targets]) =>
      [...targets].filter((to) => ![...targets].some((via) => via !== to && reaches(via, to))).map((to) => `${from} --> ${to}`),
    )
    .sort();
}

const tableOf = (entity: unknown): string => getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name!;

export const tablesOf = (entities: readonly unknown[]): string[] => entities.map(tableOf);

/** Each relation of each entity, child to parent, as a line of a Mermaid entity diagram. Those to one and the same parent share a line. */
export function relationsOf(entities: readonly unknown[]): string[] {
  const { relations } = getMetadataArgsStorage();
  return (entities as readonly (new () => object)[])
    .flatMap((entity) => {
      const own = relations.filter(({ target }) => target === entity || entity.prototype instanceof (target as new () => object));
      const parents = new Map<string, string[]>();
      for (const { type, propertyName } of own) {
        const parent = tableOf((type as () => unknown)());
        parents.set(parent, [...(parents.get(parent) ?? []), propertyName]);
      }
      return [...parents].map(([parent, all]) => {
        const names = all.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)).sort();
        return `${tableOf(entity)} }o--|| ${parent} : "${names.join(', ')}"`;
      });
    })
    .sort();
}
