import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Scope } from '../../src/list-query/list-source.js';
import { countSql, idsSql, pageSql } from '../../src/list-query/page-sql.js';
import { holdersOf, holdersSql, textSource } from '../../src/list-query/search-sql.js';
import { OPERATORS, operatorsOf } from '../../src/list-query/operators.js';
import { parseListQuery } from '../../src/list-query/parse-list-query.js';
import { compareItems, matches } from '../support/list-query-evaluator.js';
import { engines, type Engine } from './engines.js';
import { books, createTables, insert, itemOf, lookalikes, plainBook, requests, searched, shelf, tables, type Book } from './shelf.js';

const mine: Scope = { sql: 'b.owner = ?', params: ['me'], needs: new Set() };

describe.each(engines)('on %s', (_, open) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await open();
    await createTables(engine);
  });
  afterAll(() => engine.close());

  /** Rows of the page at `offset`, with the total known or not. */
  const idsAt = async (raw: Record<string, string>, offset: number, total?: number): Promise<unknown[]> => {
    const query = parseListQuery(shelf.fields, { ...raw, offset: String(offset) });
    const { sql, params } = pageSql(shelf, mine, query, engine.dialect, total);
    return (await engine.run(sql, params)).map(([id]) => id);
  };

  const totalOf = async (raw: Record<string, string>): Promise<unknown> => {
    const { sql, params } = countSql(shelf, mine, parseListQuery(shelf.fields, raw), engine.dialect);
    return (await engine.run(sql, params))[0]?.[0];
  };

  /** What a search alone finds in the copy of the texts, by the ids of the parents that hold its words, and its total. */
  const foundInTexts = async ({ search = '' }: Record<string, string>) => {
    const query = parseListQuery(shelf.fields, { search });
    const asked = holdersSql(shelf, query.search, engine.dialect);
    const rows = asked === undefined ? [] : await engine.run(asked.sql, asked.params);
    const texts = { ...textSource(shelf)!, holders: holdersOf(shelf, query.search, rows) };
    const [some, count] = [idsSql(texts, mine, query, engine.dialect, 100), countSql(texts, mine, query, engine.dialect)];
    const ids = (await engine.run(some.sql, some.params)).map(([id]) => id);
    return { ids: ids.toSorted(), total: (await engine.run(count.sql, count.params))[0]?.[0] };
  };

  /** The ids that the request should find, in order. */
  const expected = (raw: Record<string, string>, all: readonly Book[]) => {
    const query = parseListQuery(shelf.fields, raw);
    return all
      .filter((book) => book.mine && matches(query, itemOf(book), searched))
      .toSorted((a, b) => compareItems(query.ordering, itemOf(a), itemOf(b)))
      .map(({ id }) => id);
  };

  describe('texts that look alike', () => {
    const tidy = (text: string) => text.replace(/\p{Cc}/gu, '').trim();
    const alike = lookalikes.map((text, at): Book => {
      const id = `00000000-0000-1000-8000-${String(at).padStart(12, '0')}`;
      return { ...plainBook, id, name: tidy(text), note: text, tags: [text], place: { id, name: tidy(text), room: null } };
    });
    const all = [...alike, { ...plainBook, id: '00000000-0000-1000-8000-999999999999' }];

    beforeAll(async () => {
      for (const table of tables) await engine.run(`DELETE FROM ${table}`);
      await insert(engine, all);
    });

    const fields = ['name', 'note', 'tags'];
    test.each(fields.flatMap((field) => operatorsOf(shelf.fields.get(field)!.type).map((operator) => [field, operator])))(
      '%s %s',
      async (field, operator) => {
        for (const operand of lookalikes) {
          const shape = OPERATORS.get(operator!)!.shape;
          const value = { none: undefined, one: operand, many: [operand, 'ab'], pair: [operand, 'a\u200f'] }[shape];
          const raw = { filter: JSON.stringify({ field, operator, value }) };
          expect({ raw, ids: await idsAt(raw, 0) }).toEqual({ raw, ids: expected(raw, all) });
        }
      },
    );

    test.each(['name', '-name', 'note', '-note', 'shelf.name,-note', '-shelf.name'])('ordering %s', async (ordering) => {
      expect(await idsAt({ ordering }, 0)).toEqual(expected({ ordering }, all));
    });

    test('search', async () => {
      for (const search of lookalikes)
        expect({ search, ids: await idsAt({ search }, 0) }).toEqual({ search, ids: expected({ search }, all) });
    });

    test('search in the copy of the texts', async () => {
      for (const search of lookalikes) {
        const ids = expected({ search }, all).toSorted();
        expect({ search, ...(await foundInTexts({ search })) }).toEqual({ search, ids, total: ids.length });
      }
    });
  });

  test('the rows, their order, the total and the pages are what the request means', async () => {
    await fc.assert(
      fc.asyncProperty(books, fc.array(requests, { minLength: 5, maxLength: 5 }), async (all, raws) => {
        for (const table of tables) await engine.run(`DELETE FROM ${table}`);
        await insert(engine, all);
        for (const raw of raws) {
          const { limit } = parseListQuery(shelf.fields, raw);
          const ids = expected(raw, all);
          expect(await totalOf(raw)).toBe(ids.length);
          if (raw.search !== undefined) {
            const alone = expected({ search: raw.search }, all).toSorted();
            expect(await foundInTexts(raw)).toEqual({ ids: alone, total: alone.length });
          }
          for (const total of [undefined, ids.length]) {
            const pages: unknown[] = [];
            for (let offset = 0; offset <= ids.length; offset += limit) pages.push(...(await idsAt(raw, offset, total)));
            expect(pages).toEqual(ids);
          }
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
