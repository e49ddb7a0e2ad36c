import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..', 'src');

/** Folders from the bottom to the top. A file imports from its own folder and from the ranks below it. */
const ranks: readonly (readonly string[])[] = [
  ['errors', 'fql'],
  ['config', 'list-query', 'fql-sql', 'metrics'],
  ['sql', 'validation'],
  ['http'],
  ['modules/organization'],
  ['modules/user'],
  ['modules/idempotency'],
  ['auth'],
  ['modules/segment-event'],
  ['modules/project'],
  ['modules/model'],
  ['modules/segment'],
  ['modules/model-update', 'modules/reference', 'modules/server', 'modules/pruning'],
  ['database'],
  ['app'],
];

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  /** Paths of our own files that it imports. */
  readonly ours: readonly string[];
  readonly packages: readonly string[];
}

const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => path.split(sep).join('/'));
const files = paths.filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')).map(read);
const byPath = new Map(files.map((file) => [file.path, file]));

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const statement = /^import\s+'([^']+)'|^(?:import|export)\b[^'"`;]*?\sfrom\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  const imports = [...text.matchAll(statement)].map(([, ...names]) => names.find((name) => name !== undefined)!);
  const isOurs = (name: string) => name.startsWith('.');
  const resolve = (name: string) =>
    relative(root, join(root, dirname(path), name))
      .split(sep)
      .join('/')
      .replace(/\.js$/, '.ts');
  return {
    path,
    folder: folderOf(path),
    text,
    ours: imports.filter(isOurs).map(resolve),
    packages: imports.filter((name) => !isOurs(name)),
  };
}

function folderOf(path: string): string {
  const [first = '', second = '', third] = path.split('/');
  // What puts everything together: the files at the root and the command line.
  if (second === '' || first === 'admin') return 'app';
  return first === 'modules' && third !== undefined ? `modules/${second}` : first;
}

const rankOf = (folder: string): number => ranks.findIndex((folders) => folders.includes(folder));
/** The source without comments, for rules about code. */
const codeOf = ({ text }: SourceFile): string => text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/.*$/gm, '');
/** The files that break a rule, each with why. */
const offenders = (broken: (file: SourceFile) => string | undefined | false): string[] =>
  files.flatMap((file) => {
    const why = broken(file);
    return why ? [`${file.path}: ${why}`] : [];
  });

test('the source is read', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter(({ ours }) => ours.length > 0).length).toBeGreaterThan(files.length / 2);
});

describe('arrows point one way', () => {
  test('every folder has its rank', () => {
    expect(
      offenders(({ folder }) => rankOf(folder) === -1 && `${folder} is not in the order of this test and of the architecture page`),
    ).toEqual([]);
  });

  test('an import finds its file', () => {
    expect(offenders(({ ours }) => ours.find((path) => !byPath.has(path)))).toEqual([]);
  });

  test('from above to below', () => {
    const wrong = ({ folder, ours }: SourceFile) =>
      ours.find((path) => folderOf(path) !== folder && rankOf(folderOf(path)) >= rankOf(folder));
    expect(offenders((file) => wrong(file) && `imports ${wrong(file)}`)).toEqual([]);
  });

  test('no circles', () => {
    expect(circles()).toEqual([]);
  });
});

/** Each circle of imports once, as the path around it. */
function circles(): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const next of byPath.get(path)?.ours ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  return found;
}

describe('what a folder may import', () => {
  const without = (folder: string, forbidden: (name: string) => boolean) =>
    offenders((file) => file.folder === folder && file.packages.filter(forbidden).join(', '));

  test('the language and its SQL import no package', () => {
    expect(without('fql', () => true)).toEqual([]);
    expect(without('fql-sql', () => true)).toEqual([]);
  });

  test('list-query and errors know no framework', () => {
    expect(without('list-query', (name) => name.startsWith('@nestjs/'))).toEqual([]);
    expect(without('errors', (name) => name.startsWith('@nestjs/'))).toEqual([]);
  });

  test('of the modules only controllers import auth and http', () => {
    const edge = ({ path, ours }: SourceFile) =>
      path.startsWith('modules/') && !path.endsWith('.controller.ts') && ours.find((other) => /^(?:auth|http)\//.test(other));
    expect(offenders((file) => edge(file) && `imports ${edge(file)}`)).toEqual([]);
  });

  test('only the edge of a module imports the web framework', () => {
    const framework = ({ path, packages }: SourceFile) =>
      /\.(?:service|repository|entity)\.ts$/.test(path) &&
      packages.find((name) => /^(?:fastify|@fastify\/|@nestjs\/(?:platform|swagger|passport))/.test(name));
    expect(offenders((file) => framework(file) && `imports ${framework(file)}`)).toEqual([]);
  });
});

describe('one place for each thing', () => {
  const sqlAtHome = ({ path, folder }: SourceFile) => path.endsWith('.repository.ts') || ['database', 'sql', 'list-query'].includes(folder);

  test('SQL and query builders are in repositories', () => {
    const sql = /['"`]\s*(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s|WITH\s+\w+\s+AS\s)/i;
    const builder = /\b(?:createQueryBuilder|InjectRepository|getRepository|createQueryRunner)\b/;
    expect(offenders((file) => !sqlAtHome(file) && (sql.exec(codeOf(file)) ?? builder.exec(codeOf(file)))?.[0])).toEqual([]);
  });

  test('the environment is read in config', () => {
    expect(offenders((file) => file.folder !== 'config' && /\bprocess\s*(?:\.|\?\.)\s*env\b|\bprocess\[/.exec(codeOf(file))?.[0])).toEqual(
      [],
    );
  });
});

describe('entities', () => {
  const entities = files.filter(({ path }) => path.endsWith('.entity.ts'));

  test('relations point from child to parent', () => {
    expect(entities.length).toBeGreaterThan(4);
    expect(offenders((file) => /@(?:OneToMany|ManyToMany)\b/.exec(codeOf(file))?.[0])).toEqual([]);
  });

  test('each relation has its id column beside it', () => {
    const relations = entities.flatMap((file) =>
      [...codeOf(file).matchAll(/@(?:ManyToOne|OneToOne)\([\s\S]*?\n\s*(?:readonly\s+)?(\w+)[!?]?:/g)].map(([, name]) => ({
        file,
        name: name!,
      })),
    );
    expect(relations.length).toBeGreaterThan(0);
    const alone = relations.filter(({ file, name }) => !new RegExp(`\\b${name}Id[!?]?:`).test(file.text));
    expect(alone.map(({ file, name }) => `${file.path}: ${name}`)).toEqual([]);
  });
});

describe('names', () => {
  test('no folder for what has no better name', () => {
    expect(paths.filter((path) => /(?:^|\/)(?:common|shared|utils?|helpers?|misc|lib)(?:\/|$)/.test(path))).toEqual([]);
  });

  test('no barrels', () => {
    const isList = (path: string) => path === 'database/migrations/index.ts';
    const onlyReexports = (file: SourceFile) =>
      codeOf(file).trim() !== '' && /^(?:\s*export\s[^;]*?\sfrom\s'[^']+';)+\s*$/.test(codeOf(file));
    expect(
      offenders(
        (file) => ((file.path.endsWith('/index.ts') && !isList(file.path)) || onlyReexports(file)) && 'hands on what other files have',
      ),
    ).toEqual([]);
  });
});
