import type { Tx } from '../database/connect.ts';

export type Session = {
  readonly idHash: string;
  readonly organizerId: string;
  /** 1: the password was right; 2: the second factor too. Only 2 opens a page. */
  readonly factors: 1 | 2;
  readonly createdAt: number;
  readonly lastSeenAt: number;
};

export async function insertSession(tx: Tx, session: Session): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      id_hash: session.idHash,
      organizer_id: session.organizerId,
      factors: session.factors,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      factor_at: session.factors === 2 ? session.createdAt : null,
    })
    .execute();
}

export async function sessionByHash(tx: Tx, idHash: string): Promise<Session | null> {
  const row = await tx.selectFrom('sessions').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
  if (!row) return null;
  return {
    idHash: row.id_hash,
    organizerId: row.organizer_id,
    factors: row.factors === 2 ? 2 : 1,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}

export async function touchSession(tx: Tx, idHash: string, now: number): Promise<void> {
  await tx.updateTable('sessions').set({ last_seen_at: now }).where('id_hash', '=', idHash).execute();
}

export async function deleteSession(tx: Tx, idHash: string): Promise<void> {
  await tx.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
}

/** Ends all sessions of an organizer but the newest `keep`. */
export async function endSessions(tx: Tx, organizerId: string, keep = 0): Promise<void> {
  const rows = await tx
    .selectFrom('sessions')
    .select('id_hash')
    .where('organizer_id', '=', organizerId)
    .orderBy('created_at', 'desc')
    .orderBy('id_hash')
    .execute();
  const ended = rows.slice(keep).map((row) => row.id_hash);
  if (ended.length > 0) await tx.deleteFrom('sessions').where('id_hash', 'in', ended).execute();
}

export async function deleteSessionsBefore(
  tx: Tx,
  lastSeenBefore: number,
  createdBefore: number,
): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where((eb) => eb.or([eb('last_seen_at', '<', lastSeenBefore), eb('created_at', '<', createdBefore)]))
    .execute();
}

/** Counts a try in a bucket that empties by itself. @returns the tries so far, this one included. */
export async function countTry(tx: Tx, bucket: string, now: number, span: number): Promise<number> {
  await tx.deleteFrom('sign_in_tries').where('until', '<=', now).execute();
  const row = await tx
    .insertInto('sign_in_tries')
    .values({ bucket, n: 1, until: now + span })
    .onConflict((conflict) =>
      conflict.column('bucket').doUpdateSet((eb) => ({ n: eb('sign_in_tries.n', '+', 1) })),
    )
    .returning('n')
    .executeTakeFirstOrThrow();
  return row.n;
}
