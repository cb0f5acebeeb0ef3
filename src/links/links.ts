import { createHash } from 'node:crypto';
import type { Tx } from '../database/connect.ts';
import { day, hour, minute } from '../shared/clock.ts';
import { newId, newToken } from '../shared/ids.ts';
import type { Link, LinkPurpose } from './link.ts';
import { findLink, insertLink, markLinkUsed } from './link-store.ts';

/** How long each may be followed (security S-05). */
export const linkLifetime: Readonly<Record<LinkPurpose, number>> = {
  join: 3 * day,
  confirm: 3 * day,
  manage: 30 * minute,
  page: 30 * minute,
  invite: 24 * hour,
};

/** Makes a link. @returns its id and the token: it goes into a mail and only its hash stays here. */
export async function createLink(
  tx: Tx,
  link: { readonly purpose: LinkPurpose; readonly subjectId: string; readonly country: string },
  now: number,
): Promise<{ readonly id: string; readonly token: string }> {
  const token = newToken();
  const id = newId(now);
  await insertLink(tx, {
    ...link,
    id,
    tokenHash: hashToken(token),
    createdAt: now,
    expiresAt: now + linkLifetime[link.purpose],
  });
  return { id, token };
}

/** The link behind a token, if it may still be followed; looking changes nothing (security S-02). */
export async function readLink(
  tx: Tx,
  token: string,
  purposes: readonly LinkPurpose[],
  now: number,
): Promise<Link | null> {
  const link = await findLink(tx, hashToken(token));
  const valid =
    link !== null && purposes.includes(link.purpose) && link.usedAt === null && link.expiresAt > now;
  return valid ? link : null;
}

/** Uses a link up. @returns it, or null if it was wrong, of another purpose, expired, or used before. */
export async function useLink(
  tx: Tx,
  token: string,
  purpose: LinkPurpose,
  now: number,
): Promise<Link | null> {
  const link = await readLink(tx, token, [purpose], now);
  return link && (await markLinkUsed(tx, link.id, now)) ? link : null;
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
