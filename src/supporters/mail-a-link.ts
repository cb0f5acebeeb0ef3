import type { Tx } from '../database/connect.ts';
import { createLink, linkLifetime } from '../links/links.ts';
import { day, minute } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import type { CountryVault } from '../vault/vault.ts';
import { insertLinkMail, type LinkMailPurpose } from './link-mail-store.ts';
import { addressMailedSince, insertMailedAddress } from './mailed-address-store.ts';
import type { Supporter } from './supporter-store.ts';

/** Mails an address may get in 24 hours, whoever asks for them and in however many countries (security S-10). */
const mailsPerDay = 3;
/** A second press within this time is the same wish. */
const sameWish = 2 * minute;

/** The country's keys, and the one under which addresses are counted everywhere. */
export type MailKeys = { readonly country: CountryVault; readonly everywhere: CountryVault };

export type LinkWish = {
  readonly purpose: LinkMailPurpose;
  /** The letter (confirm) or the supporter (join, manage) that the link is for. */
  readonly subjectId: string;
  readonly language: string;
  /** Asked for before: then a second press within two minutes sends nothing more. */
  readonly repeated: boolean;
};

/**
 * Queues a neutral mail with a link to a supporter's own address, as it was first given, unless the address has
 * had its share for today. Links to one's own page have a share of their own: nobody can use up another's way
 * to withdraw.
 * @returns the link's id, or null where no mail goes out.
 */
export async function mailALink(
  tx: Tx,
  keys: MailKeys,
  supporter: Supporter,
  wish: LinkWish,
  now: number,
): Promise<string | null> {
  const vault = keys.country;
  const to = vault.open('supporters', supporter.id, supporter.emailBox);
  if (!(await takeShare(tx, keys.everywhere.emailIndex(to), wish, now))) return null;
  const target = { purpose: wish.purpose, subjectId: wish.subjectId, country: vault.country };
  const link = await createLink(tx, target, now);
  const content: LinkMailContent = { to, token: link.token, expiresAt: now + linkLifetime[wish.purpose] };
  await queueMail(tx, vault, supporter.id, wish, content, now);
  return link.id;
}

/**
 * The same work for an address that nobody signed up with: a link to nothing and a mail that is never sent, so
 * that the time of the answer does not tell who is known.
 */
export async function mailNobody(
  tx: Tx,
  keys: MailKeys,
  address: string,
  wish: Omit<LinkWish, 'subjectId'>,
  now: number,
): Promise<void> {
  const vault = keys.country;
  const nobody = newId(now);
  const to = vault.open('supporters', nobody, vault.seal('supporters', nobody, address));
  if (!(await takeShare(tx, keys.everywhere.emailIndex(to), wish, now))) return;
  const link = await createLink(
    tx,
    { purpose: wish.purpose, subjectId: nobody, country: vault.country },
    now,
  );
  const content: LinkMailContent = { to, token: link.token, expiresAt: now + linkLifetime[wish.purpose] };
  await queueMail(tx, vault, null, wish, content, now);
}

async function takeShare(
  tx: Tx,
  addressIndex: Buffer,
  wish: Pick<LinkWish, 'purpose' | 'repeated'>,
  now: number,
): Promise<boolean> {
  const recent = await addressMailedSince(tx, addressIndex, now - day);
  const share = recent.filter(({ purpose }) => (purpose === 'manage') === (wish.purpose === 'manage'));
  const justSent = share.some(
    ({ purpose, createdAt }) => purpose === wish.purpose && createdAt > now - sameWish,
  );
  if (share.length >= mailsPerDay || (wish.repeated && justSent)) return false;
  await insertMailedAddress(tx, { id: newId(now), addressIndex, purpose: wish.purpose, createdAt: now });
  return true;
}

async function queueMail(
  tx: Tx,
  vault: CountryVault,
  supporterId: string | null,
  wish: Pick<LinkWish, 'purpose' | 'language'>,
  content: LinkMailContent,
  now: number,
): Promise<void> {
  const id = newId(now);
  await insertLinkMail(tx, {
    id,
    country: vault.country,
    supporterId,
    purpose: wish.purpose,
    language: wish.language,
    box: vault.seal('link_mails', id, JSON.stringify(content)),
    messageId: newId(now),
    createdAt: now,
  });
}

/** What a link mail's box holds. */
export type LinkMailContent = { readonly to: string; readonly token: string; readonly expiresAt: number };
