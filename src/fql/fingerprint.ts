import type { FqlHost } from './host.js';

/** 32 hexadecimal digits that are equal for definitions of one canonical form. The prefix names the form's version. */
export function fingerprint(canonicalText: string, host: Pick<FqlHost, 'sha256'>): string {
  return host.sha256(`fql1:${canonicalText}`).slice(0, 32);
}
