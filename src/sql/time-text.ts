/** `2025-08-13 01:56:31.447` as databases give it → `2025-08-13T01:56:31.447Z` as the wire wants it. Both are UTC. */
export function wireTime(text: string): string {
  const [seconds = '', fraction = ''] = text.split('.');
  return `${seconds.replace(' ', 'T')}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

/** The reverse: ISO 8601 in UTC with milliseconds, as `Date.toISOString` gives it → how the databases keep it. */
export const storedTime = (iso: string): string => iso.replace('T', ' ').replace('Z', '');
