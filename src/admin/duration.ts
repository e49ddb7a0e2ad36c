const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

const longest = 10 * 366 * 86_400;

/** `90s`, `30m`, `1h`, `7d` → seconds. @throws RangeError on anything else, or over ten years */
export function parseDuration(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (units[String(unit)] ?? Number.NaN);
  if (seconds <= longest) return seconds;
  throw new RangeError('Write a duration as 90s, 30m, 1h or 7d; ten years at most.');
}
