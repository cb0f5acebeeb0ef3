import type { Campaign } from '../campaign/campaign-types.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import type { Link } from '../links/link.ts';
import { readLink, useLink } from '../links/links.ts';
import { workerActor } from '../shared/actor.ts';
import { type Clock, day, dayOf } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { confirmSupporter } from '../supporters/confirm-supporter.ts';
import type { CountryVault, Vault } from '../vault/vault.ts';
import { type ComposedAgain, composeAgain } from './compose/compose-again.ts';
import { type LetterContent, openContent, sealContent } from './letter-content.ts';
import { placeKey } from './letter-keys.ts';
import {
  confirmedSince,
  type Letter,
  letterById,
  letterByUniqueKey,
  lettersOfThread,
} from './letter-store.ts';
import { moveLetter } from './move-letters.ts';
import { isSuperseded } from './renew-letters.ts';

type Parts = { readonly db: Db; readonly vault: Vault; readonly clock: Clock; readonly campaign: Campaign };

/** Letters one person may confirm in 24 hours (security S-70). */
const lettersPerDay = 3;

export type LetterToConfirm = {
  readonly letter: Letter;
  readonly content: LetterContent;
  /** As the letter reads today, with what has changed since it was submitted. */
  readonly today: ComposedAgain;
  readonly expiresAt: number;
  /** The writer has confirmed another letter to this member on this ask: only one goes. */
  readonly already: boolean;
};

/**
 * What the confirm page shows; looking changes nothing.
 * @throws Failure 'link-invalid' for every link that does not open a waiting letter.
 */
export async function letterToConfirm(parts: Parts, token: string): Promise<LetterToConfirm> {
  const now = parts.clock.now();
  const found = await inSnapshot(parts.db, async (tx) =>
    waitingLetter(tx, await readLink(tx, token, ['confirm'], now)),
  );
  const vault = await parts.vault.forCountry(parts.db, found.letter.country);
  const opened = openAsOfToday(parts.campaign, vault, found.letter, now);
  const place = placeKey(vault, found.letter, opened.content);
  const already = await inSnapshot(parts.db, (tx) => isTaken(tx, found.letter, place));
  return { ...found, ...opened, already };
}

// A form may call any letter renewed: what went already decides, not what the form says.
async function isTaken(tx: Tx, letter: Letter, uniqueKey: string): Promise<boolean> {
  if (await letterByUniqueKey(tx, uniqueKey)) return true;
  return isSuperseded(letter, await lettersOfThread(tx, workerActor, letter.threadId));
}

export type Confirmation =
  | { readonly kind: 'confirmed'; readonly letter: Letter }
  /** The text is not the one the person saw (midnight, or a fact out of date): show it again. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'too-many-today' }
  /** Another letter to this member on this ask was confirmed before. */
  | { readonly kind: 'already' };

/**
 * The press of the button: the letter gets today's date and goes to the queue, or is ready for its writer
 * where the office has no e-mail channel.
 * @param shown hash of the text the person saw.
 */
export async function confirmLetter(parts: Parts, token: string, shown: string): Promise<Confirmation> {
  const seen = await letterToConfirm(parts, token);
  if (seen.today.hash !== shown) return { kind: 'changed' };
  const vault = await parts.vault.forCountry(parts.db, seen.letter.country);
  const now = parts.clock.now();
  return await inTransaction(parts.db, async (tx) => {
    if ((await confirmedSince(tx, seen.letter.supporterId, now - day)) >= lettersPerDay)
      return { kind: 'too-many-today' };
    const uniqueKey = placeKey(vault, seen.letter, seen.content);
    if (await isTaken(tx, seen.letter, uniqueKey)) return { kind: 'already' };
    const link = await useLink(tx, token, 'confirm', now);
    const { letter } = await waitingLetter(tx, link);
    await queueLetter(tx, vault, letter, seen, uniqueKey, now);
    await confirmSupporter(tx, { id: letter.supporterId, country: letter.country }, link?.id ?? '', now);
    return { kind: 'confirmed', letter };
  });
}

async function waitingLetter(tx: Tx, link: Link | null): Promise<{ letter: Letter; expiresAt: number }> {
  const letter = link && (await letterById(tx, workerActor, link.subjectId));
  if (!link || letter?.state !== 'awaiting-confirmation') throw new Failure('link-invalid');
  return { letter, expiresAt: link.expiresAt };
}

function openAsOfToday(campaign: Campaign, vault: CountryVault, letter: Letter, now: number) {
  const content = openContent(vault, letter);
  if (!content) throw new Failure('link-invalid');
  const today = composeAgain(
    campaign,
    content,
    letter.choices,
    dayOf(now, campaign.places.get(letter.place)?.timeZone),
  );
  return { content, today };
}

async function queueLetter(
  tx: Tx,
  vault: CountryVault,
  letter: Letter,
  seen: LetterToConfirm,
  uniqueKey: string,
  now: number,
): Promise<void> {
  const content: LetterContent = {
    ...seen.content,
    subject: seen.today.letter.subject,
    text: seen.today.letter.text,
  };
  await moveLetter(tx, workerActor, {
    letterId: letter.id,
    to: letter.route === 'email' ? 'queued' : 'ready-for-you',
    at: now,
    set: {
      letterDay: seen.today.letter.date,
      confirmedAt: now,
      nextAttemptAt: letter.route === 'email' ? now : null,
      textBox: sealContent(vault, letter.id, content),
      choices: seen.today.choices,
      uniqueKey,
    },
  });
}
