import createClient, { type Client, type ClientPathsWithMethod, type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import { ApiError } from './api-error.js';
import { follow, type FollowOptions } from './follow.js';
import type { paths, SegmentEventResource } from './schema.js';

export { ApiError, type FollowOptions };
export type * from './schema.js';

/** A file in another form than JSON is asked for by `parseAs: 'text'`. */
type Media = `${string}/json`;
type Http = Client<paths, Media>;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathOf<M extends Method> = ClientPathsWithMethod<Http, M>;
type InitOf<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>;
/** What is in the envelope; a file is in none, and a delete answers with nothing. */
type Unwrapped<T> = T extends { api_version: string; data: infer Data } ? Data : T;
type DataOf<P extends keyof paths, M extends Method, Init> = Unwrapped<
  Extract<FetchResponse<Extract<paths[P][M], object>, Init, Media>, { data: unknown }>['data']
>;
type Rest<Init> = undefined extends Init ? [init?: Init] : [init: Init];

/** A call of one verb: path as in the document, `params.path`, `params.query`, `params.header` and `body`. @throws ApiError */
type Call<M extends Method> = <P extends PathOf<M>, Init extends InitOf<P, M>>(path: P, ...init: Rest<Init>) => Promise<DataOf<P, M, Init>>;

type Page = { items: readonly unknown[]; offset: number; item_count: number; total: number };
type ListPath = { [P in PathOf<'get'>]: DataOf<P, 'get', object> extends Page ? P : never }[PathOf<'get'>];

export interface SegmentsClient {
  readonly get: Call<'get'>;
  readonly post: Call<'post'>;
  readonly put: Call<'put'>;
  readonly patch: Call<'patch'>;
  readonly delete: Call<'delete'>;
  /** The pages of a list, from `offset` on. What comes or goes meanwhile may move an item over the edge of a page. @throws ApiError */
  pages<P extends ListPath, Init extends InitOf<P, 'get'>>(path: P, ...init: Rest<Init>): AsyncGenerator<DataOf<P, 'get', object>, void>;
  /** The end of the feed of events as it is now, to follow from. @throws ApiError */
  lastSequence(): Promise<number>;
  /** Events as they come, each once. After an error go on after the last one that you have seen. @throws ApiError */
  follow(options: FollowOptions): AsyncGenerator<SegmentEventResource, never>;
  /** What all this is made of, where headers and statuses matter (`ETag`, 304): it answers `{ data, error, response }` and throws nothing. */
  readonly http: Http;
}

export interface SegmentsClientOptions {
  /** Where the service is, without `/v3`. */
  readonly baseUrl: string;
  readonly token: string;
  /** Instead of the global one: for proxies, retries and logs of your own. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The service as the bearer of one token sees it. */
export function segmentsClient({ baseUrl, token, fetch }: SegmentsClientOptions): SegmentsClient {
  const http: Http = createClient<paths, Media>({ baseUrl, headers: { authorization: `Bearer ${token}` }, ...(fetch && { fetch }) });

  // The types of a call are those of its path: inside, where any path may come, there is nothing to say about them.
  const call = <M extends Method>(method: M): Call<M> =>
    (async (path: never, init: never) => unwrapped(await http.request(method as never, path, init))) as unknown as Call<M>;
  const get = call('get');

  async function* pages(path: never, init: { params?: { query?: object } } = {}): AsyncGenerator<Page, void> {
    const { params } = init;
    for (let more = {}; ;) {
      const page = (await get(path, { ...init, params: { ...params, query: { ...params?.query, ...more } } } as never)) as Page;
      if (page.item_count > 0) yield page;
      const offset = page.offset + page.item_count;
      if (page.item_count === 0 || offset >= page.total) return;
      more = { offset };
    }
  }

  return {
    http,
    get,
    post: call('post'),
    put: call('put'),
    patch: call('patch'),
    delete: call('delete'),
    pages: pages as SegmentsClient['pages'],
    async lastSequence() {
      const { items } = await get('/v3/segments/events', { params: { query: { ordering: '-sequence', limit: 1 } } });
      return items[0]?.sequence ?? 0;
    },
    follow: (options) =>
      follow(async (sequence) => {
        const filter = JSON.stringify({ field: 'sequence', operator: 'greater', value: sequence });
        const { signal = null } = options;
        return (await get('/v3/segments/events', { params: { query: { filter, limit: 1_000 } }, signal })).items;
      }, options),
  };
}

function unwrapped({ data, error, response }: { data?: unknown; error?: unknown; response: Response }): unknown {
  if (!response.ok) throw ApiError.of(response, error);
  return typeof data === 'object' && data !== null && 'api_version' in data && 'data' in data ? data.data : data;
}
