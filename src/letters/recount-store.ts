import type { Tx } from '../database/connect.ts';

/** Letters by 'country|ask|state'. */
export type LetterTotals = ReadonlyMap<string, number>;

/** The counters, and the same counted anew from the moves in the event log: each adds to one state and takes from another. */
export async function recountLetters(tx: Tx): Promise<{ counters: LetterTotals; recounted: LetterTotals }> {
  const counters = await tx.selectFrom('letter_counts').selectAll().where('n', '!=', 0).execute();
  const into = await countMoves(tx, 'to_state');
  const outOf = await countMoves(tx, 'from_state');
  const recounted = new Map<string, number>();
  for (const { country, ask, state, n } of into) add(recounted, [country, ask, state], n);
  for (const { country, ask, state, n } of outOf) add(recounted, [country, ask, state], -n);
  for (const [key, n] of recounted) if (n === 0) recounted.delete(key);
  return {
    counters: new Map(counters.map(({ country, ask, state, n }) => [[country, ask, state].join('|'), n])),
    recounted,
  };
}

async function countMoves(tx: Tx, column: 'from_state' | 'to_state') {
  const rows = await tx
    .selectFrom('events')
    .select(['country', 'ask', `${column} as state`, (eb) => eb.fn.countAll<number>().as('n')])
    .where(column, 'is not', null)
    .groupBy(['country', 'ask', column])
    .execute();
  return rows.map((row) => ({
    country: row.country,
    ask: row.ask ?? '',
    state: row.state ?? '',
    n: Number(row.n),
  }));
}

function add(totals: Map<string, number>, key: readonly string[], n: number): void {
  const id = key.join('|');
  totals.set(id, (totals.get(id) ?? 0) + n);
}
