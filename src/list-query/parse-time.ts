const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(.*)$/s;
const ZONE = /^(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/i;
/** `+` of an offset that was not sent as `%2B`: form encoding makes it a blank. */
const LOST_PLUS = /^ \d\d:?\d\d$/;

const MILLI = 3;
const MICRO = 6;

/** Why a text is no moment, and what to write instead. */
export interface NotATime {
  readonly message: string;
  readonly help: string;
}

const EXAMPLE = 'Write it as in "2025-08-13T01:56:31.447Z".';
const no = (message: string, help = EXAMPLE): NotATime => ({ message, help });

/**
 * ISO 8601 with a zone → how times are stored, `YYYY-MM-DD HH:MM:SS.mmm` in UTC. Up to six decimals are kept, so that a finer
 * moment equals no stored one instead of a rounded one. A date alone and a time without zone are refused: which moment they mean
 * is a guess.
 */
export function parseTime(text: string): string | NotATime {
  const match = ISO.exec(text);
  if (!match) return no('is not a timestamp');
  const [, year, month, day, hour, minute, second = '00', decimals = '', zoneText = ''] = match;
  if (hour === undefined || minute === undefined) {
    return zoneText === ''
      ? no('is a date without a time', `Write "${text}T00:00:00Z" for its first moment in UTC.`)
      : no('is not a timestamp');
  }
  if (LOST_PLUS.test(zoneText)) return no('has a blank before its zone', 'A "+" in a URL must be sent as "%2B", or use "Z".');
  if (zoneText === '') return no('has no zone', 'Add "Z" for UTC, or an offset such as "+02:00".');
  const zone = ZONE.exec(zoneText);
  if (!zone) return no('is not a timestamp');

  const fraction = decimals.replace(/(?<!0)0+$/, '');
  if (fraction.length > MICRO) return no('is finer than a microsecond', 'Give at most six decimals.');
  const [, sign, zoneHours = '0', zoneMinutes = '0'] = zone;
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const exists =
    local.toString() !== 'Invalid Date' &&
    local.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(zoneHours) < 24 &&
    Number(zoneMinutes) < 60;
  if (!exists) return no('names a moment that does not exist');

  const minutes = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  const utc = new Date(local.getTime() - minutes * 60_000).toISOString();
  // Years of other than four digits are written with a sign; the databases know neither them nor the year 0.
  if (!/^\d{4}-/.test(utc) || utc.startsWith('0000')) return no('is outside the years 1 to 9999');
  return `${utc.slice(0, 10)} ${utc.slice(11, 19)}.${fraction.padEnd(MILLI, '0')}`;
}
