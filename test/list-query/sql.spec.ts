import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Scope } from '../../src/list-query/list-source.js';
import { countSql, pageSql } from '../../src/list-query/page-sql.js';
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
