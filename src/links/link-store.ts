import type { Tx } from '../database/connect.ts';
import { insertRows } from '../database/insert-rows.ts';
import type { Link, LinkPurpose } from './link.ts';

/** Links belong to whoever holds the token: reading one needs the token's hash, so no actor is asked for. */
export async function findLink(
  tx: Tx,
  tokenHash: string,
): Promise<(Link & { usedAt: number | null }) | null> {
  const row = await tx.selectFrom('links').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    purpose: row.purpose as LinkPurpose,
    subjectId: row.subject_id,
    country: row.country,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}

export async function insertLink(
  tx: Tx,
  link: Link & { readonly tokenHash: string; readonly createdAt: number },
): Promise<void> {
  await insertRows(tx, 'links', [
    {
      id: link.id,
      token_hash: link.tokenHash,
      purpose: link.purpose,
      subject_id: link.subjectId,
      country: link.country,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
      used_at: null,
    },
  ]);
}

/** @returns whether it was this call that used it: of two at once only one gets true. */
export async function markLinkUsed(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx
    .updateTable('links')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Forgets every link made for a supporter, letter or organizer. */
export async function forgetLinks(tx: Tx, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx
    .deleteFrom('links')
    .where('subject_id', 'in', [...subjectIds])
    .execute();
}

/** For the worker: forgets links that nobody can follow any more. */
export async function forgetExpiredLinks(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom('links').where('expires_at', '<=', now).execute();
}
