import type { Tx } from '../database/connect.ts';
import { createLink, linkLifetime } from '../links/links.ts';
import { day, minute } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import type { CountryVault } from '../vault/vault.ts';
import { insertLinkMail, type LinkMailPurpose, linkMailsSince } from './link-mail-store.ts';
import type { Supporter } from './supporter-store.ts';

/** Mails an address may get in 24 hours, whoever asks for them (security S-10). */
const mailsPerDay = 3;
/** A second press within this time is the same wish. */
const sameWish = 2 * minute;

export type LinkWish = {
  readonly purpose: LinkMailPurpose;
  /** The letter (confirm) or the supporter (join, manage) that the link is for. */
  readonly subjectId: string;
  readonly language: string;
  /** The address as the person typed it just now. */
  readonly to: string;
  /** Asked for before: then a second press within two minutes sends nothing more. */
  readonly repeated: boolean;
};

/**
 * Queues a neutral mail with a link to a supporter, unless the address has had its share for today.
 */
export async function mailALink(
  tx: Tx,
  vault: CountryVault,
  supporter: Supporter,
  mail: LinkWish,
  now: number,
): Promise<void> {
  const recent = await linkMailsSince(tx, supporter.id, now - day);
  const justSent = recent.some(
    (earlier) => earlier.purpose === mail.purpose && earlier.createdAt > now - sameWish,
  );
  if (recent.length >= mailsPerDay || (mail.repeated && justSent)) return;
  const token = await createLink(
    tx,
    { purpose: mail.purpose, subjectId: mail.subjectId, country: vault.country },
    now,
  );
  const id = newId(now);
  const content: LinkMailContent = { to: mail.to, token, expiresAt: now + linkLifetime[mail.purpose] };
  await insertLinkMail(tx, {
    id,
    country: vault.country,
    supporterId: supporter.id,
    purpose: mail.purpose,
    language: mail.language,
    box: vault.seal('link_mails', id, JSON.stringify(content)),
    messageId: newId(now),
    createdAt: now,
  });
}

/** What a link mail's box holds. */
export type LinkMailContent = { readonly to: string; readonly token: string; readonly expiresAt: number };
