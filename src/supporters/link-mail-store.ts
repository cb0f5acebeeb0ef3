import type { Tx } from '../database/connect.ts';
import { insertRows } from '../database/insert-rows.ts';

export type LinkMailPurpose = 'join' | 'confirm' | 'manage';

export type LinkMail = {
  readonly id: string;
  readonly country: string;
  /** null: written for an unknown address, and never sent. */
  readonly supporterId: string | null;
  readonly purpose: LinkMailPurpose;
  readonly language: string;
  /** Sealed JSON {to, token, expiresAt}; null once sent. */
  readonly box: Buffer | null;
  readonly messageId: string;
  readonly attempts: number;
};

export async function insertLinkMail(
  tx: Tx,
  mail: Omit<LinkMail, 'attempts'> & { readonly createdAt: number },
): Promise<void> {
  await insertRows(tx, 'link_mails', [
    {
      id: mail.id,
      country: mail.country,
      supporter_id: mail.supporterId,
      purpose: mail.purpose,
      language: mail.language,
      box: mail.box,
      message_id: mail.messageId,
      state: mail.supporterId === null ? 'sent' : 'queued',
      next_attempt_at: mail.createdAt,
      created_at: mail.createdAt,
    },
  ]);
}

/** Mails to send now; one that an interrupted run left in the middle is among them: these may arrive twice. */
export async function linkMailsToSend(tx: Tx, now: number, limit: number): Promise<LinkMail[]> {
  const rows = await tx
    .selectFrom('link_mails')
    .selectAll()
    .where('state', 'in', ['queued', 'sending'])
    .where('supporter_id', 'is not', null)
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    country: row.country,
    supporterId: row.supporter_id,
    purpose: row.purpose as LinkMailPurpose,
    language: row.language,
    box: row.box,
    messageId: row.message_id,
    attempts: row.attempts,
  }));
}

/** Takes a mail for sending until `retryAt`. @returns false if another process has it. */
export async function claimLinkMail(tx: Tx, mail: LinkMail, retryAt: number): Promise<boolean> {
  const result = await tx
    .updateTable('link_mails')
    .set({ state: 'sending', next_attempt_at: retryAt, attempts: mail.attempts + 1 })
    .where('id', '=', mail.id)
    .where('attempts', '=', mail.attempts)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function settleLinkMail(
  tx: Tx,
  id: string,
  result:
    | { readonly state: 'sent' | 'failed' }
    | { readonly state: 'queued'; readonly nextAttemptAt: number },
): Promise<void> {
  const done = result.state !== 'queued';
  await tx
    .updateTable('link_mails')
    .set({
      state: result.state,
      next_attempt_at: done ? null : result.nextAttemptAt,
      ...(done && { box: null }),
    })
    .where('id', '=', id)
    .execute();
}

/** For the worker: mails that are settled, or were for nobody, a day later. */
export async function forgetOldLinkMails(tx: Tx, before: number): Promise<void> {
  await tx
    .deleteFrom('link_mails')
    .where('state', 'in', ['sent', 'failed'])
    .where('created_at', '<=', before)
    .execute();
}
