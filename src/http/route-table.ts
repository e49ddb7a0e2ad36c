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
