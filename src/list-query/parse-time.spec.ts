import { describe, expect, test } from '@jest/globals';
import { parseTime } from './parse-time.js';

describe('parseTime', () => {
  test.each([
    ['2025-08-13T01:56:31.447Z', '2025-08-13 01:56:31.447'],
    ['2025-08-13t01:56:31.447z', '2025-08-13 01:56:31.447'],
    ['2025-08-13 01:56:31.447+00:00', '2025-08-13 01:56:31.447'],
    ['2025-08-13T01:56:31Z', '2025-08-13 01:56:31.000'],
    ['2025-08-13T01:56Z', '2025-08-13 01:56:00.000'],
    ['2025-08-13T01:56:31,5Z', '2025-08-13 01:56:31.500'],
    ['2025-08-13T01:56:31.447123Z', '2025-08-13 01:56:31.447123'],
    ['2025-08-13T01:56:31.447000000Z', '2025-08-13 01:56:31.447'],
    ['2025-08-13T01:56:31.447+05:30', '2025-08-12 20:26:31.447'],
    ['2025-12-31T23:30:00-0100', '2026-01-01 00:30:00.000'],
    ['2025-08-13T01:56:31-07', '2025-08-13 08:56:31.000'],
    ['2024-02-29T00:00:00Z', '2024-02-29 00:00:00.000'],
    ['0001-01-01T00:00:00Z', '0001-01-01 00:00:00.000'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31 23:59:59.999999'],
  ])('%s → %s', (text, stored) => expect(parseTime(text)).toBe(stored));

  const example = 'Write it as in "2025-08-13T01:56:31.447Z".';
  test.each([
    ['', 'is not a timestamp', example],
    ['yesterday', 'is not a timestamp', example],
    ['1755050191447', 'is not a timestamp', example],
    ['2025-08-13T01:56:31.447Z\n', 'is not a timestamp', example],
    ['2025-08-13T01', 'is not a timestamp', example],
    ['2025-08-13T01:56:31 UTC', 'is not a timestamp', example],
    ['+012025-08-13T01:56:31Z', 'is not a timestamp', example],
    ['2025-08-13', 'is a date without a time', 'Write "2025-08-13T00:00:00Z" for its first moment in UTC.'],
    ['2025-08-13T01:56:31.447', 'has no zone', 'Add "Z" for UTC, or an offset such as "+02:00".'],
    ['2025-08-13T01:56:31 02:00', 'has a blank before its zone', 'A "+" in a URL must be sent as "%2B", or use "Z".'],
    ['2025-08-13T01:56:31.4471234Z', 'is finer than a microsecond', 'Give at most six decimals.'],
    ['2025-02-29T00:00:00Z', 'names a moment that does not exist', example],
    ['2025-13-01T00:00:00Z', 'names a moment that does not exist', example],
    ['2025-08-13T24:00:00Z', 'names a moment that does not exist', example],
    ['2025-08-13T23:59:60Z', 'names a moment that does not exist', example],
    ['2025-08-13T01:56:31+24:00', 'names a moment that does not exist', example],
    ['2025-08-13T01:56:31+01:60', 'names a moment that does not exist', example],
    ['0000-06-01T00:00:00Z', 'is outside the years 1 to 9999', example],
    ['0001-01-01T00:00:00+01:00', 'is outside the years 1 to 9999', example],
    ['9999-12-31T23:30:00-01:00', 'is outside the years 1 to 9999', example],
  ])('refuses %j', (text, message, help) => expect(parseTime(text)).toEqual({ message, help }));
});
