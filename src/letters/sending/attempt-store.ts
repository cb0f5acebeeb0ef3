import type { Tx } from '../../database/connect.ts';

/** Attempts to send a letter, on record before the first byte. */
export async function insertAttempt(
  tx: Tx,
  attempt: {
    readonly id: string;
    readonly letterId: string;
    readonly messageId: string;
    readonly startedAt: number;
  },
): Promise<void> {
  await tx
    .insertInto('attempts')
    .values({
      id: attempt.id,
      letter_id: attempt.letterId,
      message_id: attempt.messageId,
      started_at: attempt.startedAt,
    })
    .execute();
}

export async function settleAttempt(
  tx: Tx,
  id: string,
  result: {
    readonly settledAt: number;
    readonly verdict: string;
    readonly code: number | null;
    readonly reason: string | null;
  },
): Promise<void> {
  await tx
    .updateTable('attempts')
    .set({ settled_at: result.settledAt, verdict: result.verdict, code: result.code, reason: result.reason })
    .where('id', '=', id)
    .execute();
}

/** When the first attempt to send a letter was made, in milliseconds, or null. */
export async function firstAttemptAt(tx: Tx, letterId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('attempts')
    .select((eb) => eb.fn.min('started_at').as('at'))
    .where('letter_id', '=', letterId)
    .executeTakeFirst();
  return row?.at ?? null;
}
