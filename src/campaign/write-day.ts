import { addDays, type Day } from '../shared/clock.ts';
import type { LanguageWords } from './campaign-types.ts';
import type { Layout } from './layouts.ts';

/**
 * A day as letters and reading texts of a language write it, in the manner of the place's layout:
 * "23 November 2026", "November 23, 2026", "1er novembre 2026",
 * "2026年11月23日". From data and not from the machine's own
 * tables, because the same letter must come out with the same bytes on every machine.
 */
export function writeDay(words: LanguageWords, layout: Layout, day: Day): string {
  const manners = written.get(words) ?? new Map<Layout, Map<Day, string>>();
  written.set(words, manners);
  const known = manners.get(layout) ?? new Map<Day, string>();
  manners.set(layout, known);
  const text = known.get(day) ?? writeAnew(words, layout, day);
  if (known.size < mostKept) known.set(day, text);
  return text;
}

// The days of the facts and those about today stand in every letter.
const written = new WeakMap<LanguageWords, Map<Layout, Map<Day, string>>>();
const mostKept = 1_000;

function writeAnew(words: LanguageWords, layout: Layout, day: Day): string {
  const number = Number(day.slice(8));
  const dayOfMonth = number === 1 && words.firstDay ? words.firstDay : writeDigits(words, String(number));
  return words.day[layout]
    .replace('{{d}}', dayOfMonth)
    .replace('{{month}}', words.months[Number(day.slice(5, 7)) - 1] ?? '')
    .replace('{{m}}', writeDigits(words, String(Number(day.slice(5, 7)))))
    .replace('{{y}}', writeDigits(words, day.slice(0, 4)));
}

/** A count of years in a language: as a word where the language has words for it, else in its digits. */
export function writeCount(words: LanguageWords, count: number): string {
  return words.numbers?.[count] ?? writeDigits(words, String(count));
}

function writeDigits(words: LanguageWords, digits: string): string {
  const own = words.digits;
  return own ? digits.replace(/\d/g, (digit) => own.charAt(Number(digit))) : digits;
}

/** Whole years from one day to another; 0 before the first anniversary. */
export function wholeYears(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return Math.max(0, to.slice(5) < from.slice(5) ? years - 1 : years);
}

const daysToReply = 30;

/** The day by which a letter asks for an answer: in thirty days, or in the middle of January where that is Christmas. */
export function dayToReplyBy(letterDay: Day): Day {
  const day = addDays(letterDay, daysToReply);
  const monthAndDay = day.slice(5);
  if (monthAndDay >= '12-18') return `${Number(day.slice(0, 4)) + 1}-01-15`;
  return monthAndDay <= '01-06' ? `${day.slice(0, 4)}-01-15` : day;
}
