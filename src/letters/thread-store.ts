import type { Db, Tx } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import { insertRows } from '../database/insert-rows.ts';

/** Threads: everything between one supporter and one seat on one ask. */
export async function insertThreads(
  tx: Tx,
  threads: readonly {
    readonly id: string;
    readonly country: string;
    readonly place: string;
    readonly supporterId: string;
    readonly seatId: string | null;
    readonly ask: string;
    readonly createdAt: number;
  }[],
): Promise<void> {
  const rows = threads.map((thread) => ({
    id: thread.id,
    country: thread.country,
    place: thread.place,
    supporter_id: thread.supporterId,
    seat_id: thread.seatId,
    ask: thread.ask,
    created_at: thread.createdAt,
  }));
  await insertRows(tx, 'threads', rows);
}

/** The thread between a supporter and a seat on an ask, if there is one. */
export async function findThread(
  tx: Tx,
  {
    supporterId,
    seatId,
    ask,
  }: { readonly supporterId: string; readonly seatId: string; readonly ask: string },
): Promise<string | null> {
  return (await threadQuery(tx, supporterId, ask, seatId)).rows[0]?.id ?? null;
}

const threadQuery = fixedQuery((db: Db, supporterId: string, ask: string, seatId: string) =>
  db
    .selectFrom('threads')
    .select('id')
    .where('supporter_id', '=', supporterId)
    .where('ask', '=', ask)
    .where('seat_id', '=', seatId),
);

/** Deletes a supporter's threads, and with them letters and attempts. */
export async function deleteThreads(tx: Tx, supporterId: string): Promise<void> {
  await tx.deleteFrom('threads').where('supporter_id', '=', supporterId).execute();
}
