import { type Day, isDay } from '../shared/clock.ts';
import { RowRefused } from './row-refused.ts';

/**
 * A day as lists write it: 'YYYY-MM-DD', with or without a time, or year or month only (`edge` says which end
 * of it is meant); empty and 9999-12-31 are open and become null.
 * @throws RowRefused for anything else.
 */
export function readDay(cell: string, edge: 'first' | 'last'): Day | null {
  const text = cell.trim();
  if (text === '' || text.startsWith('9999')) return null;
  const iso = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:[T ].*)?$/.exec(text);
  if (!iso) throw new RowRefused(`"${text.slice(0, 40)}" is no day.`);
  const [, year, month, date] = iso;
  const day = date ? `${year}-${month}-${date}` : wholePeriod(`${year}`, month, edge);
  if (!isDay(day)) throw new RowRefused(`"${text.slice(0, 40)}" is no day.`);
  return day;
}

function wholePeriod(year: string, month: string | undefined, edge: 'first' | 'last'): Day {
  if (edge === 'first') return `${year}-${month ?? '01'}-01`;
  const last = new Date(Date.UTC(Number(year), Number(month ?? '12'), 0)).getUTCDate();
  return `${year}-${month ?? '12'}-${String(last).padStart(2, '0')}`;
}

/** Whether a span, both ends of it included and open where null, holds a day. */
export function includesDay(start: Day | null, end: Day | null, day: Day): boolean {
  return (start === null || start <= day) && (end === null || end >= day);
}
