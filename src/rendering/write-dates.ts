import { type Day, isDay } from '../shared/clock.ts';
import type { Language } from './languages.ts';
import { withKhmerDigits } from './write-numbers.ts';

const zeroWidthSpace = '\u200b';
const noBreakSpace = '\u00a0';

const months: Readonly<Record<Language, readonly string[]>> = {
  km: monthNames('km'),
  en: monthNames('en'),
  fr: monthNames('fr'),
};

function monthNames(language: Language): string[] {
  const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * A day written out: "23 November 2026", "23 novembre 2026" (no-break space before the month, 1er on the
 * first), "ថ្ងៃ​ទី ២៣ ខែ​វិច្ឆិកា ឆ្នាំ ២០២៦". Throws where the text is no day.
 */
export function writeDay(day: Day, language: Language): string {
  if (!isDay(day)) throw new RangeError('not a day');
  const year = day.slice(0, 4);
  const number = String(Number(day.slice(8)));
  const month = months[language][Number(day.slice(5, 7)) - 1] ?? '';
  if (language === 'km') return writeKhmerDay(number, month, year);
  if (language === 'fr') return `${number === '1' ? '1er' : number}${noBreakSpace}${month} ${year}`;
  return `${number} ${month} ${year}`;
}

function writeKhmerDay(number: string, month: string, year: string): string {
  return withKhmerDigits(`ថ្ងៃ${zeroWidthSpace}ទី ${number} ខែ${zeroWidthSpace}${month} ឆ្នាំ ${year}`);
}

/**
 * A moment (ms since epoch) in a time zone: "23 November 2026, 14:05", "23 novembre 2026 à 14 h 05",
 * "… ម៉ោង ១៤:០៥". In UTC, where we do not know the reader's own time, the text says so.
 */
export function writeMoment(ms: number, language: Language, timeZone = 'UTC'): string {
  const { day, hour, minute } = clockParts(ms, timeZone);
  const zone = timeZone === 'UTC' ? ' UTC' : '';
  const date = writeDay(day, language);
  if (language === 'km') return `${date} ម៉ោង ${withKhmerDigits(`${hour}:${minute}`)}${zone}`;
  if (language === 'fr') return `${date} à ${hour}${noBreakSpace}h${noBreakSpace}${minute}${zone}`;
  return `${date}, ${hour}:${minute}${zone}`;
}

function clockParts(ms: number, timeZone: string): { day: Day; hour: string; minute: string } {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  const parts = Object.fromEntries(clock.formatToParts(ms).map((part) => [part.type, part.value]));
  return {
    day: `${parts['year']}-${parts['month']}-${parts['day']}`,
    hour: parts['hour'] ?? '',
    minute: parts['minute'] ?? '',
  };
}
