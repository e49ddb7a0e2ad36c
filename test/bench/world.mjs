/** What a run asks of the seeded world, and as whom. */
import jsonwebtoken from 'jsonwebtoken';
import { modelId, organizationId, segmentId, segmentName, userId } from './seed.mjs';

const tokenLife = 6 * 3_600;
const asked = 200;

/** Every tenth segment of organization 0 is its largest model's. */
const ofLargestModel = 10;

/**
 * @param size as `seed` was told
 * @param secret what the candidates check tokens with
 */
export const worldOf = (size, secret) => ({
  organizationId: organizationId(0),
  modelId: modelId(size, 0, 0),
  segments: Array.from({ length: asked }, (_, n) => ({
    id: segmentId(size, 0, n * ofLargestModel),
    name: segmentName(n * ofLargestModel),
  })),
  word: 'complaints',
  token: jsonwebtoken.sign({ sub: userId(0), iss: 'segments', aud: 'segments-api' }, secret, { expiresIn: tokenLife }),
});
