import type { Problem } from '../../errors/app-error.js';

/**
 * Names the limit that a model has come to.
 * @param quota segments that a model may have
 */
export const quotaExceeded = (quota: number, field: string): Problem => ({
  reason: 'QuotaExceeded',
  message: `A model may have at most ${quota.toLocaleString('en-US')} segments (SEGMENTS_PER_MODEL); this would be more.`,
  help: 'Delete segments that nobody needs, or ask whoever runs the service for a higher limit.',
  field,
});
