import { tokenOf } from './token.js';

/** What came back. `body` is the parsed JSON, or undefined when there was none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: any;
}

/** Sent form-encoded; an object is sent as JSON text, as the Python client does with `filter`. An array repeats the parameter. */
export type Query = Readonly<Record<string, string | number | object | readonly string[]>> | string;

export interface Request {
  query?: Query;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array<ArrayBuffer>;
}

/** Sees every exchange: the OpenAPI check is one. */
export type Watcher = (method: string, path: string, answer: Answer) => void;

/** The service as one caller sees it. */
export interface Caller {
  send(method: string, path: string, request?: Request): Promise<Answer>;
  get(path: string, query?: Query): Promise<Answer>;
  post(path: string, json: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export interface Api {
  /** A user of the fixture by email, or the bearer of this token. */
  as(emailOrToken: string): Caller;
  readonly anonymous: Caller;
}

export function apiAt(url: string, watch: Watcher = () => undefined): Api {
  const caller = (authorization: Readonly<Record<string, string>>): Caller => {
    const send = async (method: string, path: string, { query, headers, json, raw }: Request = {}): Promise<Answer> => {
      const response = await fetch(`${url}${path}${queryString(query)}`, {
        method,
        headers: { ...authorization, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: json === undefined ? (raw ?? null) : JSON.stringify(json),
        redirect: 'manual',
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
      const answer = {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson && text !== '' ? JSON.parse(text) : undefined,
      };
      watch(method, path, answer);
      return answer;
    };
    return {
      send,
      get: (path, query) => send('GET', path, query === undefined ? {} : { query }),
      post: (path, json) => send('POST', path, { json }),
      delete: (path) => send('DELETE', path),
    };
  };
  return {
    as: (emailOrToken) => caller({ authorization: `Bearer ${emailOrToken.includes('@') ? tokenOf(emailOrToken) : emailOrToken}` }),
    anonymous: caller({}),
  };
}

function queryString(query: Query | undefined): string {
  if (query === undefined) return '';
  if (typeof query === 'string') return `?${query}`;
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [
      name,
      typeof one === 'object' ? JSON.stringify(one) : String(one),
    ]),
  );
  return `?${new URLSearchParams(pairs)}`;
}
