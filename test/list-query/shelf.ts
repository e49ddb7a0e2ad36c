import fc from 'fast-check';
import { enumOf, fieldMap, setOf, text, time, uuid } from '../../src/list-query/field-map.js';
import { foldCase } from '../../src/list-query/fold-case.js';
import { operatorsOf, OPERATORS } from '../../src/list-query/operators.js';
import type { ListSource } from '../../src/list-query/list-source.js';
import type { Item } from '../support/list-query-evaluator.js';
import type { Engine } from './engines.js';

/** A list made only to try the library end to end: books with every type of field, some missing, some two joins away. */
const fields = fieldMap({
  name: text('b.name', { folded: 'b.name_folded', searchable: true, tidy: true }),
  note: text('b.note', { folded: 'b.note_folded', searchable: true }),
  code: text('b.code', { folded: 'b.code', tidy: 'ascii' }),
  id: uuid('b.id'),
  shelf_id: uuid('b.shelf_id'),
  kind: enumOf('b.kind', ['novel', 'poem', 'map']),
  created_at: time('b.created_at'),
  lent_at: time('b.lent_at'),
  'shelf.name': text('s.name', { folded: 's.name_folded', searchable: true, tidy: true }),
  'shelf.room.name': text('r.name', { folded: 'r.name_folded', searchable: true, tidy: true }),
  tags: setOf({ element: 't.tag', from: 'tag t', owner: 't.book_id', item: 'b.id' }),
});

export const shelf: ListSource = {
  fields,
  table: 'book',
  alias: 'b',
  joins: [
    { table: 'shelf', alias: 's', key: 'b.shelf_id' },
    { table: 'room', alias: 'r', key: 's.room_id' },
  ],
  columns: 'b.id, s.name',
  texts: { table: 'book_text', column: 'words' },
};

export const searched = ['name', 'note', 'shelf.name', 'shelf.room.name'];

export const tables = ['book', 'book_text', 'tag', 'shelf', 'room'];

export async function createTables({ run, dialect }: Engine): Promise<void> {
  const [id, short, long, moment] =
    dialect.name === 'mysql'
      ? ['VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin', 'VARCHAR(255)', 'TEXT', 'DATETIME(3)']
      : ['VARCHAR(36)', 'VARCHAR(255)', 'TEXT', 'DATETIME'];
  await run(`CREATE TABLE room (id ${id} PRIMARY KEY, name ${short}, name_folded ${short})`);
  await run(`CREATE TABLE shelf (id ${id} PRIMARY KEY, name ${short}, name_folded ${short}, room_id ${id})`);
  await run(
    `CREATE TABLE book (id ${id} PRIMARY KEY, owner ${id}, name ${short}, name_folded ${short}, note ${long}, note_folded ${long}, code ${id},
     shelf_id ${id}, kind ${id}, created_at ${moment}, lent_at ${moment})`,
  );
  await run(`CREATE TABLE book_text (id ${id} PRIMARY KEY, owner ${id}, shelf_id ${id}, words ${long})`);
  await run(`CREATE TABLE tag (book_id ${id}, tag ${short})`);
}

/** What trips list code: wildcards, quotes, blanks, control characters, letters with odd cases, combining accents, four bytes. */
const pieces = ['a', 'A', 'b', 'é', 'É', 'e\u0301', 'ß', 'ẞ', 'ss', 'İ', 'I', 'ı', 'i', 'ς', 'σ', 'Σ', 'ǆ', 'ǅ', 'K', 'k', 'µ', 'μ', 'ﬀ'];
const signs = ['%', '_', '\\', "'", '"', '`', ' ', '\t', '\n', '\0', '!', '--', '/*', '?', '🎩', '💥', '\u{10428}', '\u{10400}', '\u200f'];

/** Texts that differ in what databases like to overlook. */
export const lookalikes = [
  '',
  ' ',
  'a',
  'A',
  'a ',
  'a  ',
  ' a',
  'a\t',
  'a\n',
  'a\0',
  'a\0b',
  'ab',
  'a%',
  '%',
  '_',
  '\\',
  "'",
  'é',
  'É',
  'e\u0301',
  'ß',
  'ẞ',
  'ss',
  'ς',
  'σ',
  'İ',
  'i',
  'ı',
  '🎩',
  '💥',
  '\uffff',
  '\u{10400}',
  'a\u200f',
];

const anyText = fc.oneof(
  fc.constantFrom(...lookalikes),
  fc.array(fc.constantFrom(...pieces, ...signs), { maxLength: 5 }).map((parts) => parts.join('')),
);
const tidyText = anyText.map((value) => value.replace(/\p{Cc}/gu, '').trim());
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 });
const id = fc.integer({ min: 1, max: 30 }).map((n) => `00000000-0000-1000-8000-${String(n).padStart(12, '0')}`);
const moment = fc.constantFrom('01:02:03.004', '01:02:03.005', '23:59:59.999').map((clock) => `2025-08-13 ${clock}`);
const code = fc.constantFrom('0a', '0b', 'ff', '');

const room = fc.record({ name: orNull(tidyText) });
const place = fc.record({ id, name: orNull(tidyText), room: orNull(room) });
const book = fc.record({
  id,
  name: tidyText,
  note: orNull(anyText),
  code,
  kind: orNull(fc.constantFrom('novel', 'poem', 'map')),
  created_at: moment,
  lent_at: orNull(moment),
  place: orNull(place),
  tags: fc.uniqueArray(anyText, { maxLength: 3 }),
  mine: fc.boolean(),
});

export const plainBook: Book = {
  id: '',
  name: '',
  note: null,
  code: '',
  kind: null,
  created_at: '2025-08-13 01:02:03.004',
  lent_at: null,
  place: null,
  tags: [],
  mine: true,
};

export type Book = typeof book extends fc.Arbitrary<infer B> ? B : never;

export const books = fc.uniqueArray(book, { selector: (each) => each.id, maxLength: 14 });

export const itemOf = ({ place: at, ...rest }: Book): Item => ({
  id: rest.id,
  name: rest.name,
  note: rest.note,
  code: rest.code,
  kind: rest.kind,
  created_at: rest.created_at,
  lent_at: rest.lent_at,
  tags: rest.tags,
  shelf_id: at ? rest.id : null,
  'shelf.name': at?.name ?? null,
  'shelf.room.name': at?.room?.name ?? null,
});

export async function insert({ run }: Engine, shelved: readonly Book[]): Promise<void> {
  const folded = (value: string | null | undefined) => (value == null ? null : foldCase(value));
  for (const { place: at, ...b } of shelved) {
    // Each book has a shelf and a room of its own, under its own id.
    if (at?.room) await run('INSERT INTO room VALUES (?, ?, ?)', [b.id, at.room.name, folded(at.room.name)]);
    if (at) await run('INSERT INTO shelf VALUES (?, ?, ?, ?)', [b.id, at.name, folded(at.name), at.room ? b.id : null]);
    const own = [b.id, b.mine ? 'me' : 'you', b.name, foldCase(b.name), b.note, folded(b.note), b.code, at ? b.id : null, b.kind];
    await run(`INSERT INTO book VALUES (${Array(11).fill('?').join(', ')})`, [...own, b.created_at, b.lent_at]);
    const words = `${foldCase(b.name)}\n${folded(b.note) ?? ''}`;
    await run('INSERT INTO book_text VALUES (?, ?, ?, ?)', [b.id, b.mine ? 'me' : 'you', at ? b.id : null, words]);
    for (const tag of b.tags) await run('INSERT INTO tag VALUES (?, ?)', [b.id, tag]);
  }
}

const wireTime = fc.oneof(
  moment.map((stored) => `${stored.replace(' ', 'T')}Z`),
  fc.constantFrom('2025-08-13T03:02:03.0045+02:00', '2025-08-13T01:02:03.004999Z', '0001-01-01T00:00Z', '9999-12-31T23:59:59.999999Z'),
);

const operandOf = (name: string): fc.Arbitrary<string> => {
  const field = fields.get(name)!;
  if (field.type === 'uuid') return id.map((value) => value.toUpperCase());
  if (field.type === 'time') return wireTime;
  if (field.type === 'enum') return fc.constantFrom(...field.values);
  return name === 'code' ? fc.oneof(code, anyText) : anyText;
};

const rule = fc.constantFrom(...fields.keys()).chain((field) =>
  fc.constantFrom(...operatorsOf(fields.get(field)!.type)).chain((operator) => {
    const operand = operandOf(field);
    const shape = OPERATORS.get(operator)!.shape;
    const value = {
      none: fc.constant(undefined),
      one: operand,
      pair: fc.tuple(operand, operand),
      many: fc.array(operand, { maxLength: 3 }),
    }[shape];
    return value.map((given) => ({ field, operator, value: given }));
  }),
);

const filter = fc.letrec<{ node: object }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    rule,
    fc.record({ condition: fc.constantFrom('AND', 'OR'), rules: fc.array(tie('node'), { maxLength: 3 }) }),
  ),
})).node;

const ordering = fc
  .uniqueArray(fc.constantFrom(...[...fields].flatMap(([name, { sortable }]) => (sortable ? [name] : []))), { minLength: 1, maxLength: 4 })
  .chain((names) => fc.tuple(...names.map((name) => fc.boolean().map((down) => (down ? `-${name}` : name)))))
  .map((names) => names.join(','));

/** Raw query parameters that are right. */
export const requests = fc.record(
  {
    filter: filter.map((node) => JSON.stringify(node)),
    search: fc
      .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces, ...signs) }, anyText), { maxLength: 2 })
      .map((words) => words.join(' ')),
    ordering,
    limit: fc.constantFrom('1', '2', '3', '5'),
  },
  { requiredKeys: ['limit'] },
);
