import { sql } from 'kysely';
import type { Tx } from '../database/connect.ts';
import { type Day, day, dayOf } from '../shared/clock.ts';
import { countedByDay } from './append-events.ts';

export type DayCountFault = {
  readonly country: string;
  readonly day: Day;
  readonly kind: string;
  readonly counter: number;
  readonly events: number;
};

type Row = Omit<DayCountFault, 'day'> & {
  readonly day: string | null;
  readonly daysSince1970: number | null;
};

/** Counts by day and kind again from the event log, in one statement. @returns where the counters differ from it. */
export async function recountDays(tx: Tx): Promise<DayCountFault[]> {
  const { rows } = await sql<Row>`
    select country, day, null as "daysSince1970", kind, n as counter, 0 as events from daily_counts
    union all
    select country, null, at / ${sql.lit(day)}, kind, 0, count(*) from events
      where kind in (${sql.join([...countedByDay])}) group by country, at / ${sql.lit(day)}, kind`.execute(
    tx,
  );
  const totals = new Map<string, DayCountFault>();
  for (const row of rows) {
    const { country, kind } = row;
    const key = { country, day: row.day ?? dayOf((row.daysSince1970 ?? 0) * day), kind };
    const id = Object.values(key).join('|');
    const { counter, events } = totals.get(id) ?? { counter: 0, events: 0 };
    totals.set(id, { ...key, counter: counter + row.counter, events: events + row.events });
  }
  return [...totals]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, total]) => total)
    .filter(({ counter, events }) => counter !== events);
}
