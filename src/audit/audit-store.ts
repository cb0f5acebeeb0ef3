import type { Db, Tx } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import { insertRows } from '../database/insert-rows.ts';
import type { Tables } from '../database/tables.ts';

/** Moves the head by `count` and holds its row until the transaction ends, so that the chain never forks. */
export async function advanceHead(tx: Tx, count: number): Promise<{ seq: number; hash: string }> {
  const [head] = (await advanceQuery(tx, count)).rows;
  if (!head) throw new Error('the audit trail has no head');
  return head;
}

const advanceQuery = fixedQuery((db: Db, count: number) =>
  db
    .updateTable('audit_head')
    .set((eb) => ({ seq: eb('seq', '+', count) }))
    .where('id', '=', 1)
    .returning(['seq', 'hash']),
);

/** Number and hash of the newest entry, as the last append left them. */
export async function readHead(tx: Tx): Promise<{ seq: number; hash: string }> {
  return await tx
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
}

export async function setHeadHash(tx: Tx, hash: string): Promise<void> {
  await setHashQuery(tx, hash);
}

const setHashQuery = fixedQuery((db: Db, hash: string) =>
  db.updateTable('audit_head').set({ hash }).where('id', '=', 1),
);

export async function insertEntries(tx: Tx, rows: readonly Tables['audit'][]): Promise<void> {
  await insertRows(tx, 'audit', rows);
}

export async function auditEntriesAfter(tx: Tx, seq: number, limit: number): Promise<Tables['audit'][]> {
  return await tx
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
}
