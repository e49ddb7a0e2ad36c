import type { Problem } from './app-error.js';

/** One entry of an error envelope: the three strings always, then `field` and what a definition's entry adds. */
export interface ErrorEntry {
  reason: string;
  message: string;
  help: string;
  field?: string;
  [further: string]: unknown;
}

/** A problem as the wire shows it. */
export const entryOf = ({ reason, message, help = '', field, extra }: Problem): ErrorEntry => ({
  reason,
  message,
  help,
  ...(field === undefined ? {} : { field }),
  ...extra,
});
