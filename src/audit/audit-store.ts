import type { Tx } from '../database/connect.ts';
import type { Tables } from '../database/tables.ts';

/** Moves the head by `count` and holds its row until the transaction ends, so that the chain never forks. */
export async function advanceHead(tx: Tx, count: number): Promise<{ seq: number; hash: string }> {
  return await tx
    .updateTable('audit_head')
    .set((eb) => ({ seq: eb('seq', '+', count) }))
    .where('id', '=', 1)
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
}

export async function setHeadHash(tx: Tx, hash: string): Promise<void> {
  await tx.updateTable('audit_head').set({ hash }).where('id', '=', 1).execute();
}

export async function insertEntries(tx: Tx, rows: readonly Tables['audit'][]): Promise<void> {
  await tx.insertInto('audit').values([...rows]).execute();
}

export async function auditEntriesAfter(tx: Tx, seq: number, limit: number): Promise<Tables['audit'][]> {
  return await tx.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute();
}
