import type { Tx } from '../database/connect.ts';
import { addToCounters } from '../database/insert-rows.ts';
import { type Actor, maySeeCountry } from '../shared/actor.ts';

/** One letter more (or less) in a state, of a country, ask and office. */
export type CountChange = {
  readonly country: string;
  readonly ask: string;
  readonly seatId: string | null;
  readonly state: string;
  readonly n: number;
};

export async function addLetterCounts(tx: Tx, changes: readonly CountChange[]): Promise<void> {
  const byAsk = sum(changes, (change) => [change.country, change.ask, change.state]);
  const byOffice = sum(
    changes.filter((change) => change.seatId !== null),
    (change) => [change.country, change.seatId ?? '', change.state],
  );
  const asks = byAsk.map(({ key: [country = '', ask = '', state = ''], n }) => ({ country, ask, state, n }));
  const offices = byOffice.map(({ key: [country = '', seat_id = '', state = ''], n }) => ({
    country,
    seat_id,
    state,
    n,
  }));
  await addToCounters(tx, 'letter_counts', asks);
  await addToCounters(tx, 'office_counts', offices);
}

// Sorted, so that two transactions on PostgreSQL take the rows in the same order and never wait for each other in a ring.
function sum(
  changes: readonly CountChange[],
  keyOf: (change: CountChange) => string[],
): { key: string[]; n: number }[] {
  const sums = new Map<string, { key: string[]; n: number }>();
  for (const change of changes) {
    const key = keyOf(change);
    const id = key.join('|');
    const known = sums.get(id) ?? { key, n: 0 };
    sums.set(id, { key, n: known.n + change.n });
  }
  return [...sums.entries()]
    .filter(([, { n }]) => n !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
}

export type LetterCount = {
  readonly country: string;
  readonly ask: string;
  readonly state: string;
  readonly n: number;
};

/** Letters by ask and state of the countries the actor may see, or of one of them. */
export async function letterCounts(tx: Tx, actor: Actor, country?: string): Promise<LetterCount[]> {
  let query = tx.selectFrom('letter_counts').selectAll().where('n', '>', 0);
  if (country) query = query.where('country', '=', country);
  query = query.orderBy('country').orderBy('ask').orderBy('state');
  return (await query.execute()).filter((row) => maySeeCountry(actor, row.country));
}

export type OfficeCount = { readonly seatId: string; readonly state: string; readonly n: number };

/** Letters by state of the offices of one country that have had the most, the busiest first. */
export async function officesWithLetters(
  tx: Tx,
  actor: Actor,
  country: string,
  limit: number,
): Promise<OfficeCount[]> {
  if (!maySeeCountry(actor, country)) return [];
  const busiest = await tx
    .selectFrom('office_counts')
    .select('seat_id')
    .where('country', '=', country)
    .groupBy('seat_id')
    .having((eb) => eb(eb.fn.sum<number>('n'), '>', 0))
    .orderBy((eb) => eb.fn.sum('n'), 'desc')
    .orderBy('seat_id')
    .limit(limit)
    .execute();
  const order = new Map(busiest.map((row, place) => [row.seat_id, place]));
  if (order.size === 0) return [];
  const rows = await tx
    .selectFrom('office_counts')
    .select(['seat_id', 'state', 'n'])
    .where('country', '=', country)
    .where('seat_id', 'in', [...order.keys()])
    .where('n', '>', 0)
    .execute();
  return rows
    .map((row) => ({ seatId: row.seat_id, state: row.state, n: row.n }))
    .sort((one, other) => (order.get(one.seatId) ?? 0) - (order.get(other.seatId) ?? 0));
}

/** Counts a letter made without a record: country, ask and month, nothing else. */
export async function countMadeLetter(
  tx: Tx,
  made: { readonly country: string; readonly ask: string; readonly month: string },
): Promise<void> {
  await addToCounters(tx, 'made_counts', [{ country: made.country, ask: made.ask, month: made.month, n: 1 }]);
}

/** Letters made without a record, by ask, of one country. */
export async function madeCounts(
  tx: Tx,
  country: string,
): Promise<{ ask: string; month: string; n: number }[]> {
  return await tx
    .selectFrom('made_counts')
    .select(['ask', 'month', 'n'])
    .where('country', '=', country)
    .execute();
}
