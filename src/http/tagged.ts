import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What tells one state of a thing from the next; opaque. */
interface Stated {
  readonly state: string;
}

/** What a client may keep and ask about again: a thing and the tag of its state, or the tag alone when the client has that state. */
export class Tagged<T> {
  constructor(
    readonly tag: string,
    readonly thing?: T,
  ) {}
}

/** The header `If-None-Match`, as it was sent. */
export const IfNoneMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().headers['if-none-match'],
);

/**
 * A thing as asked for with `If-None-Match` (RFC 9110 section 13.1.2): not read when the client has it.
 * @param state reads less than the thing, and refuses whom `read` would refuse
 */
export async function readTagged<R extends Stated, T>(
  ifNoneMatch: string | undefined,
  state: () => Promise<Stated>,
  read: () => Promise<R>,
  toResource: (thing: R) => T,
): Promise<Tagged<T>> {
  if (ifNoneMatch !== undefined) {
    const tag = tagOf(await state());
    if (names(ifNoneMatch, tag)) return new Tagged(tag);
  }
  const thing = await read();
  return new Tagged(tagOf(thing), toResource(thing));
}

/** A cache may keep it for this caller alone, and has to ask each time: their roles may have changed. */
export function tagReply(reply: FastifyReply, { tag, thing }: Tagged<unknown>): void {
  void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
  if (thing === undefined) void reply.status(304);
}

/** Weak: equal tags mean equal members, not equal bytes. */
const tagOf = ({ state }: Stated): string => `W/"${hash('sha256', state, 'base64url').slice(0, 22)}"`;

const list = /^[\t ,]*(?:(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"[\t ]*(?:,[\t ,]*|$))+$/;
const opaqueTags = /"[^"]*"/g;

/** Whether the header names the tag, by weak comparison. One that is malformed names none: then the whole answer is the safe one. */
function names(header: string, tag: string): boolean {
  if (header.trim() === '*') return true;
  return list.test(header) && (header.match(opaqueTags) ?? []).some((opaque) => tag === `W/${opaque}`);
}
