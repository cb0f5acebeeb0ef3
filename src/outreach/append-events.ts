import type { Tx } from '../database/connect.ts';
import type { Actor } from '../shared/actor.ts';
import { dayOf } from '../shared/clock.ts';
import type { OutreachEvent } from './outreach-event.ts';
import { addDailyCounts, type DailyCount, insertEvents } from './outreach-store.ts';

/** Event kinds that the pages draw day by day. */
export const countedByDay = new Set(['letter-submitted', 'letter-sent-by-you', 'answered']);

/** Appends to the event log and to the counters by day, in the transaction of what happened. */
export async function appendEvents(tx: Tx, actor: Actor, events: readonly OutreachEvent[]): Promise<void> {
  if (events.length === 0) return;
  await insertEvents(tx, actor, events);
  await addDailyCounts(tx, countByDay(events));
}

function countByDay(events: readonly OutreachEvent[]): DailyCount[] {
  const counts = new Map<string, DailyCount>();
  for (const event of events) {
    if (!countedByDay.has(event.kind)) continue;
    const day = dayOf(event.at);
    const key = `${event.country}|${day}|${event.kind}`;
    const count = counts.get(key) ?? { country: event.country, day, kind: event.kind, n: 0 };
    counts.set(key, { ...count, n: count.n + 1 });
  }
  return [...counts.values()];
}
