import type { Tx } from '../database/connect.ts';
import { addToCounters, insertRows } from '../database/insert-rows.ts';
import { type Actor, maySeeCountry } from '../shared/actor.ts';
import type { Day } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import type { OutreachEvent } from './outreach-event.ts';

export type DailyCount = {
  readonly country: string;
  readonly day: Day;
  readonly kind: string;
  readonly n: number;
};

export async function insertEvents(tx: Tx, actor: Actor, events: readonly OutreachEvent[]): Promise<void> {
  const rows = events.map((event) => ({
    id: newId(event.at),
    thread_id: event.threadId,
    letter_id: event.letterId,
    country: event.country,
    seat_id: event.seatId,
    ask: event.ask,
    kind: event.kind,
    from_state: event.fromState,
    to_state: event.toState,
    at: event.at,
    actor_kind: actor.kind,
    // A supporter's own id would tie their events together for ever: the thread knows whose it is, while it lasts.
    actor_id: actor.kind === 'organizer' ? actor.organizerId : null,
  }));
  await insertRows(tx, 'events', rows);
}

export async function addDailyCounts(tx: Tx, counts: readonly DailyCount[]): Promise<void> {
  await addToCounters(tx, 'daily_counts', counts);
}

/** Counts by day of one country, from the first day to the last, both included. */
export async function dailyCounts(
  tx: Tx,
  actor: Actor,
  query: { readonly country: string; readonly from: Day; readonly to: Day },
): Promise<DailyCount[]> {
  if (!maySeeCountry(actor, query.country)) return [];
  return await tx
    .selectFrom('daily_counts')
    .selectAll()
    .where('country', '=', query.country)
    .where('day', '>=', query.from)
    .where('day', '<=', query.to)
    .orderBy('day')
    .execute();
}

/** How many threads have had an answer, by country, of the countries the actor may see. */
export async function answeredByCountry(tx: Tx, actor: Actor): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('daily_counts')
    .select(['country', (eb) => eb.fn.sum<number>('n').as('n')])
    .where('kind', '=', 'answered')
    .groupBy('country')
    .execute();
  return new Map(
    rows.filter((row) => maySeeCountry(actor, row.country)).map((row) => [row.country, Number(row.n)]),
  );
}

/** Whether something of a kind has happened in a thread. */
export async function hasEvent(tx: Tx, threadId: string, kind: string): Promise<boolean> {
  const row = await tx
    .selectFrom('events')
    .select('id')
    .where('thread_id', '=', threadId)
    .where('kind', '=', kind)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type ThreadEvent = { readonly kind: string; readonly at: number; readonly toState: string | null };

/** Everything that happened in the threads given, oldest first. */
export async function eventsOfThreads(
  tx: Tx,
  actor: Actor,
  threadIds: readonly string[],
): Promise<(ThreadEvent & { threadId: string })[]> {
  if (threadIds.length === 0) return [];
  const rows = await tx
    .selectFrom('events')
    .innerJoin('threads', 'threads.id', 'events.thread_id')
    .select([
      'events.thread_id',
      'events.kind',
      'events.at',
      'events.to_state',
      'threads.country',
      'threads.supporter_id',
    ])
    .where('events.thread_id', 'in', [...threadIds])
    .orderBy('events.at')
    .orderBy('events.id')
    .execute();
  return rows
    .filter((row) =>
      actor.kind === 'supporter' ? row.supporter_id === actor.supporterId : maySeeCountry(actor, row.country),
    )
    .map((row) => ({ threadId: row.thread_id ?? '', kind: row.kind, at: row.at, toState: row.to_state }));
}
