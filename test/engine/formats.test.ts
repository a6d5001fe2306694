import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from './json';
import { codePoints, isDate, isDateTime } from '../../server/src/schema/formats';

describe('isDate', () => {
  test('takes every day that the calendar has', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (day) => {
          expect(isDate(day.toISOString().slice(0, 10))).toBe(true);
        },
      ),
    );
  });

  test.each([
    '2027-02-29',
    '2100-02-29',
    '2027-04-31',
    '2027-00-10',
    '2027-13-01',
    '2027-1-1',
    '27-01-01',
    '2027-01-01 ',
    '',
  ])('refuses %j', (text) => {
    expect(isDate(text)).toBe(false);
  });

  test.each(['2028-02-29', '2000-02-29', '2027-12-31'])('takes %s', (text) =>
    expect(isDate(text)).toBe(true),
  );
});

describe('isDateTime', () => {
  test('takes what toISOString writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (time) => {
          expect(isDateTime(time.toISOString())).toBe(true);
        },
      ),
    );
  });

  test.each([
    '2026-11-01T09:30:00+01:00',
    '2026-11-01t09:30:00.123456z',
    '2016-12-31T23:59:60Z',
    '2026-11-01T00:00:00-12:00',
  ])('takes %s', (text) => {
    expect(isDateTime(text)).toBe(true);
  });

  test.each([
    '2026-11-01T09:30:00',
    '2026-11-01T09:30Z',
    '2026-11-01 09:30:00Z',
    '2026-02-30T09:30:00Z',
    '2026-11-01T24:00:00Z',
    '2026-11-01T09:60:00Z',
    '2026-11-01T09:30:00+0100',
    '2026-11-01T09:30:00.Z',
    '2026-11-01',
  ])('refuses %s', (text) => expect(isDateTime(text)).toBe(false));
});

test('codePoints counts as a person does', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(codePoints(text)).toBe([...text].length);
    }),
  );
  expect(codePoints('\ud83d\ude00\ud83d')).toBe(2);
});
