import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/**
 * The routes as the router knows them, to tell a wrong verb (405 with `Allow`) from a wrong path (404): Fastify answers 404 to
 * both.
 */
@Injectable()
export class RouteTable {
  private readonly methods = new Map<string, Set<string>>();
  private readonly patterns: Pattern[] = [];
  private readonly rivals = new Map<string, RegExp | undefined>();

  /** Must be called before the first route is added. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.methods.get(url);
      for (const one of [method].flat()) known?.add(one);
      if (known !== undefined) return;
      this.methods.set(url, new Set([method].flat()));
      if (url.includes('*')) return;
      this.patterns.push({ url, parts: split(url), parameters: url.split(':').length - 1 });
      this.patterns.sort((a, b) => a.parameters - b.parameters);
    });
  }

  /** The route pattern that a path as sent means, whatever the verb; of several the one with the fewest parameters. */
  patternOf(path: string): string | undefined {
    const segments = split(path);
    return this.patterns.find(({ parts }) => matches(parts, segments))?.url;
  }

  /**
   * Whether a path that the router took for this pattern means another one, with fewer parameters. Most patterns have no such rival,
   * and a path of the others is held against one expression: this is asked of each request.
   */
  meansAnother(routed: string, path: string): boolean {
    if (!this.rivals.has(routed)) this.rivals.set(routed, anyOf(this.rivalsOf(routed)));
    const rivals = this.rivals.get(routed);
    if (rivals === undefined) return false;
    return path.includes('%') ? ![routed, undefined].includes(this.patternOf(path)) : rivals.test(path);
  }

  private rivalsOf(routed: string): Pattern[] {
    const own = this.patterns.find(({ url }) => url === routed);
    if (own === undefined) return [];
    return this.patterns.filter(({ parts, parameters }) => parameters < own.parameters && matches(own.parts, parts));
  }

  /** The verbs that a path answers to, in alphabetic order with HEAD and OPTIONS where they work; empty for an unknown path. */
  allowed(path: string): string[] {
    const pattern = this.patternOf(path);
    return pattern === undefined ? [] : [...new Set([...(this.methods.get(pattern) ?? []), 'OPTIONS'])].sort();
  }
}

interface Pattern {
  readonly url: string;
  readonly parts: readonly string[];
  readonly parameters: number;
}

const split = (path: string): string[] =>
  path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map(decoded);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const matches = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length && pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === segments[i]));

/** One expression for the paths of these patterns; undefined for none. */
function anyOf(patterns: readonly Pattern[]): RegExp | undefined {
  if (patterns.length === 0) return undefined;
  const paths = patterns.map(({ parts }) =>
    parts.map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[^\w-]/g, '\\$&'))).join('/'),
  );
  return new RegExp(`^/(?:${paths.join('|')})/?$`);
}
