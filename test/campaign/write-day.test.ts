import { expect, it } from 'vitest';
import { dayToReplyBy } from '../../src/campaign/write-day.ts';

it.each([
  ['2026-11-10', '2026-12-10'],
  ['2026-11-17', '2026-12-17'],
  ['2026-11-18', '2027-01-15'],
  ['2026-12-01', '2027-01-15'],
  ['2026-12-07', '2027-01-15'],
  ['2026-12-08', '2027-01-07'],
  ['2028-01-30', '2028-02-29'],
])('a letter of %s asks for an answer by %s, and none at Christmas', (letterDay, day) => {
  expect(dayToReplyBy(letterDay)).toBe(day);
});
