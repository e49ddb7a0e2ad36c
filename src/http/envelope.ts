import type { ErrorEntry } from '../errors/error-entry.js';
import type { Page } from '../list-query/page.js';

/** The v3 envelopes (`contract.md` section 2). */
const version = '3.0';

export const normal = (data: unknown) => ({ api_version: version, kind: 'NORMAL', data }) as const;

export const paginated = ({ items, total, limit, offset }: Page<unknown>) =>
  ({
    api_version: version,
    kind: 'PAGINATED',
    data: {
      page_size: limit,
      item_count: items.length,
      total,
      page_count: Math.max(1, Math.ceil(total / limit)),
      page_index: Math.floor(offset / limit) + 1,
      offset,
      items,
    },
  }) as const;

export const failure = (code: number, errors: readonly [ErrorEntry, ...ErrorEntry[]]) =>
  ({ api_version: version, kind: 'ERROR', error: { code, message: errors[0].message, errors } }) as const;
