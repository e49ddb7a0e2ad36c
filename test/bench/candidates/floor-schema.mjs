/** The answers' JSON schemas, which Fastify compiles to serializers. */

const text = { type: 'string' };
const object = (properties) => ({ type: 'object', properties, additionalProperties: false });
const user = object({ id: text, full_name: text, email: text });

const segment = object({
  id: text,
  name: text,
  description: text,
  definition: text,
  organization: object({ id: text, name: text }),
  project: object({ id: text, name: text, asset_type: text }),
  model: object({ id: text, name: text, version: text }),
  created_at: text,
  updated_at: text,
  created_by: user,
  updated_by: user,
});

const envelope = (data) => ({ response: { 200: object({ api_version: text, kind: text, data }) } });
const count = { type: 'integer' };

export const oneSchema = envelope(segment);
export const pageSchema = envelope(
  object({
    page_size: count,
    item_count: count,
    total: count,
    page_count: count,
    page_index: count,
    offset: count,
    items: { type: 'array', items: segment },
  }),
);
