import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { limits } from '../config/limits.js';

/**
 * A body that could not be read. It is refused by the validation pipe, after the guards: whoever may not ask learns nothing from a
 * 400, and a route that takes no body does not care.
 */
export class UnreadableBody {
  constructor(
    readonly status: 400 | 415,
    readonly error: AppError,
  ) {}
}

const problem = (reason: string, message: string, help: string): AppError => new AppError('invalid', [{ reason, message, help }]);

/** JSON in, and nothing else (`contract.md` section 1); read the same way everywhere: of equal keys the last one counts. */
export function registerJsonBody(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) =>
    done(null, readJson(request, bytes as Buffer)),
  );
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    const type = String(request.headers['content-type'] ?? '')
      .slice(0, 40)
      .replace(/[^\w/+.;= -]/g, '?');
    const message =
      type === ''
        ? 'The body has no content type; this API takes application/json.'
        : `The content type ${type} is not taken; send application/json.`;
    done(
      null,
      (bytes as Buffer).length === 0
        ? undefined
        : new UnreadableBody(415, problem('UnsupportedMediaType', message, 'Set the header Content-Type: application/json.')),
    );
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const charset = /;\s*charset\s*=\s*"?([^";\s]*)/gi;

/** JSON is UTF-8 (RFC 8259, 8.1): bytes of another encoding would be stored as other characters than were meant. */
function readJson(request: FastifyRequest, bytes: Buffer): unknown {
  const charsets = [...(request.headers['content-type'] ?? '').matchAll(charset)].map(([, name = '']) => name.toLowerCase());
  if (charsets.some((name) => !['utf-8', 'utf8'].includes(name)))
    return new UnreadableBody(415, problem('UnsupportedMediaType', 'The body must be UTF-8.', 'Set Content-Type: application/json.'));
  if (!['', 'identity'].includes(request.headers['content-encoding']?.trim().toLowerCase() ?? ''))
    return new UnreadableBody(415, problem('UnsupportedMediaType', 'The body must not be compressed.', 'Leave out Content-Encoding.'));
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return new UnreadableBody(400, problem('BadRequest', 'The body is not valid UTF-8.', 'Send JSON text encoded as UTF-8.'));
  }
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new UnreadableBody(400, problem('BadRequest', 'The body is not valid JSON.', 'Check quotes, commas and brackets.'));
  }
  const large = request.routeOptions.bodyLimit > limits.body.plain;
  const trouble = tooMuch(value, large ? limits.json.membersInAll.large : limits.json.membersInAll.plain);
  return trouble === undefined
    ? value
    : new UnreadableBody(400, problem('BadRequest', trouble, 'The limits are listed in the documentation.'));
}

/** Why the value is more than a request may hold. Walks without recursion: the depth is the caller's. */
function tooMuch(root: unknown, membersInAll: number): string | undefined {
  const { depth: deepest, membersOfOne } = limits.json;
  let members = 0;
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (depth >= deepest) return `The body is nested more than ${deepest} levels deep.`;
      if (Array.isArray(value)) {
        for (const item of value) next.push(item);
        continue;
      }
      const keys = Object.keys(value);
      members += keys.length;
      if (keys.length > membersOfOne) return `An object of the body has more than ${membersOfOne} members.`;
      if (members > membersInAll) return `The body has more than ${membersInAll} members in all.`;
      if (Object.hasOwn(value, '__proto__')) return 'The body has a member named "__proto__", which is not allowed.';
      for (const key of keys) next.push((value as Record<string, unknown>)[key]);
    }
    level = next;
  }
  return undefined;
}
