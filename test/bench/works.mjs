/** What is asked, and of which world: each work is a list of requests that the load generator goes round. */

const get = (path) => ({ method: 'GET', path });
const post = (path, body) => ({ method: 'POST', path, body: JSON.stringify(body) });
const query = (parameters) => new URLSearchParams(parameters).toString();
const byName = (name) => JSON.stringify({ rules: [{ field: 'name', operator: 'equal', value: name }] });

/** A definition of ordinary length: six columns, every kind of type. */
export const definition = "age > 30 and geography == 'Hawaii' and (balance / 1000 > 12.5 or tenure >= 5) and not is_null(creditscore)";

/**
 * @param world `{ modelId, segments: { id, name }[], word }`; the segments are of that model
 * @returns {Record<string, { method: string, path: string, body?: string }[]>}
 */
export const worksOf = ({ modelId, segments, word }) => ({
  'get by id': segments.map(({ id }) => get(`/v3/segments/${id}`)),
  'list of 10': [0, 10, 20, 30, 40].map((offset) => get(`/v3/segments?${query({ limit: 10, offset })}`)),
  'list of 100': [0, 100, 200].map((offset) => get(`/v3/segments?${query({ limit: 100, offset })}`)),
  'list of a model': [0, 10, 20, 30, 40].map((offset) => get(`/v3/models/${modelId}/segments?${query({ limit: 10, offset })}`)),
  'by name': segments.map(({ name }) => get(`/v3/models/${modelId}/segments?${query({ filter: byName(name), limit: 1 })}`)),
  search: [get(`/v3/segments?${query({ search: word, limit: 10 })}`)],
  create: [post('/v3/segments', { model_id: modelId, name: 'made by load {n}', definition, description: 'Made to be measured' })],
  validate: [post('/v3/segments/validate', { model_id: modelId, definition })],
});
