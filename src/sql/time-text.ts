/** `2025-08-13 01:56:31.447`: with milliseconds, as nearly all are. */
const inMilliseconds = 23;

/** `2025-08-13 01:56:31.447` as databases give it → `2025-08-13T01:56:31.447Z` as the wire wants it. Both are UTC. */
export function wireTime(text: string): string {
  if (text.length === inMilliseconds) return `${text.slice(0, 10)}T${text.slice(11)}Z`;
  const [seconds = '', fraction = ''] = text.split('.');
  return `${seconds.replace(' ', 'T')}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

/** The reverse: ISO 8601 in UTC with milliseconds, as `Date.toISOString` gives it → how the databases keep it. */
export const storedTime = (iso: string): string => iso.replace('T', ' ').replace('Z', '');
