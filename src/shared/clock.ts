/** A calendar day, 'YYYY-MM-DD'. */
export type Day = string;

/** The only source of time: a parameter everywhere, so that tests can move it. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const formatters = new Map<string, Intl.DateTimeFormat>();
// All time zones are whole quarters of an hour from each other: within one, the day does not change.
const quarter = 15 * minute;
const lastDays = new Map<string, { readonly quarter: number; readonly day: Day }>();

/** The calendar day of a moment in a time zone (IANA name, default UTC). */
export function dayOf(ms: number, timeZone = 'UTC'): Day {
  if (timeZone === 'UTC') return new Date(ms).toISOString().slice(0, 10);
  const last = lastDays.get(timeZone);
  const now = Math.floor(ms / quarter);
  if (last?.quarter === now) return last.day;
  const day = writeDayIn(timeZone, ms);
  lastDays.set(timeZone, { quarter: now, day });
  return day;
}

function writeDayIn(timeZone: string, ms: number): Day {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(ms);
}

/** The day `count` days later (earlier if negative). */
export function addDays(from: Day, count: number): Day {
  return new Date(Date.parse(from) + count * day).toISOString().slice(0, 10);
}

/** Whether a text is a calendar day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return date.getUTCDate() === Number(text.slice(8));
}
