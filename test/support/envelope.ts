import { expect } from '@jest/globals';
import type { Answer } from './api.js';
import { wantAnswer } from './server-errors.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** One thing: the whole envelope but its data, which comes back. */
export function expectNormal(answer: Answer, status = 200): any {
  expect({ status: answer.status, body: answer.body }).toEqual({
    status,
    body: { api_version: '3.0', kind: 'NORMAL', data: expect.anything() },
  });
  expect(answer.headers.get('content-type')).toBe(JSON_TYPE);
  return answer.body.data;
}

/** A page: all seven members, and numbers that fit together. The items come back. */
export function expectPaginated(answer: Answer): any[] {
  const whole = expect.any(Number);
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 200,
    body: {
      api_version: '3.0',
      kind: 'PAGINATED',
      data: {
        page_size: whole,
        item_count: whole,
        total: whole,
        page_count: whole,
        page_index: whole,
        offset: whole,
        items: expect.any(Array),
      },
    },
  });
  expect(answer.headers.get('content-type')).toBe(JSON_TYPE);
  const { page_size, total, offset, items, ...rest } = answer.body.data;
  expect(rest).toEqual({
    item_count: Math.max(0, Math.min(page_size, total - offset)),
    page_count: Math.max(1, Math.ceil(total / page_size)),
    page_index: Math.floor(offset / page_size) + 1,
  });
  expect(items).toHaveLength(rest.item_count);
  return items;
}

/** What must not show in a message: stack frames, SQL, file paths, library and driver names. */
const LEAKS = [
  /\bat .+:\d+:\d+/,
  /\bselect\b.+\bfrom\b/i,
  /\binsert into\b/i,
  /\b(?:ER|SQLITE|FST|HPE|ECONN)_?[A-Z]+_[A-Z_]+\b/,
  /node_modules|\/src\/|\/dist\/|file:\/\//,
  /typeorm|sqlite|libsql|mysql|mariadb|fastify|nestjs|jsonwebtoken|passport|class-validator/i,
];

interface Expected {
  /** The `field` of one of the entries. */
  field?: string;
  /** What that entry, or the first one, says in its message or its help. */
  says?: string | RegExp;
  /** The request is about dialects of SQL, so the message may name databases. */
  namesDialects?: boolean;
}

/** An error: the whole shape, a status that the body repeats, and nothing of our inside. The entries come back. */
export function expectError(answer: Answer, status: number, reason: string, { field, says, namesDialects = false }: Expected = {}): any[] {
  expect({ status: answer.status, body: answer.body }).toEqual({
    status,
    body: { api_version: '3.0', kind: 'ERROR', error: { code: status, message: expect.any(String), errors: expect.any(Array) } },
  });
  wantAnswer(answer);
  expect(answer.headers.get('content-type')).toBe(JSON_TYPE);
  const { message, errors } = answer.body.error;
  expect(errors.length).toBeGreaterThan(0);
  expect(message).toBe(errors[0].message);
  for (const entry of errors) {
    expect(entry).toMatchObject({ reason: expect.any(String), message: expect.stringMatching(/\S/), help: expect.any(String) });
    expect(entry.reason).toMatch(/^(?:[A-Z][A-Za-z]+|FQL_[A-Z_]+)$/);
    const said = `${entry.message} ${entry.help}`;
    for (const leak of LEAKS) expect(namesDialects ? said.replaceAll(/mysql|mariadb/gi, '') : said).not.toMatch(leak);
  }
  const matching = errors.filter((entry: any) => field === undefined || entry.field === field);
  expect({ reasons: errors.map((entry: any) => entry.reason), fields: errors.map((entry: any) => entry.field) }).toMatchObject({
    reasons: expect.arrayContaining([reason]),
    fields: field === undefined ? expect.anything() : expect.arrayContaining([field]),
  });
  if (says !== undefined) expect(matching.map((entry: any) => `${entry.message} ${entry.help}`).join('\n')).toMatch(says);
  return errors;
}
