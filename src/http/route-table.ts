import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/**
 * The routes as the router knows them, to tell a wrong verb (405 with `Allow`) from a wrong path (404): Fastify answers 404 to
 * both. Also read by tests that compare routes with the OpenAPI document and with the public list.
 */
@Injectable()
export class RouteTable {
  private readonly methods = new Map<string, Set<string>>();

  /** Must be called before the first route is added. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.methods.get(url) ?? new Set<string>();
      for (const one of [method].flat()) known.add(one);
      this.methods.set(url, known);
    });
  }

  /** The verbs that a path answers to, in alphabetic order with HEAD and OPTIONS where they work; empty for an unknown path. */
  allowed(path: string): string[] {
    const segments = split(path);
    for (const [pattern, methods] of this.methods) {
      if (pattern.includes('*') || !matches(split(pattern), segments)) continue;
      return [...new Set([...methods, 'OPTIONS'])].sort();
    }
    return [];
  }

  /** Every route as [verb, pattern]. */
  all(): [string, string][] {
    return [...this.methods].flatMap(([pattern, methods]) => [...methods].map((method): [string, string] => [method, pattern]));
  }
}

const split = (path: string): string[] => path.replace(/^\/|\/$/g, '').split('/');

const matches = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length && pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === segments[i]));
