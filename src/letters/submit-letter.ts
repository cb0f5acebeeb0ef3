import { appendAudit } from '../audit/audit.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inTransactionOrAgain } from '../database/transaction.ts';
import { appendEvents } from '../outreach/append-events.ts';
import { publicActor, workerActor } from '../shared/actor.ts';
import { type Clock, dayOf } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import { type Entry, enterSupporter, recordConsents } from '../supporters/enter-supporter.ts';
import { mailALink } from '../supporters/mail-a-link.ts';
import { mailKeys } from '../supporters/mail-keys.ts';
import type { Supporter } from '../supporters/supporter-store.ts';
import type { CountryVault, Vault } from '../vault/vault.ts';
import { type Fingerprint, fingerprintOwnWords, marksOf } from './compose/sameness.ts';
import { type LetterContent, sealContent } from './letter-content.ts';
import { addLetterCounts } from './letter-counts-store.ts';
import { waitingKey } from './letter-keys.ts';
import { dueAt } from './letter-states.ts';
import {
  insertLetters,
  letterByUniqueKey,
  lettersOfThread,
  type NewLetter,
  type Route,
} from './letter-store.ts';
import { insertMarks } from './office-letters-store.ts';
import { roundOfRenewed } from './renew-letters.ts';
import { findThread, insertThreads } from './thread-store.ts';

export type Submission = {
  readonly entry: Entry;
  /** Where the writer lives, and what the playbook is for. */
  readonly country: string;
  readonly place: string;
  readonly ask: string;
  /** null: a representative the writer typed in; such a letter never goes by mail from here. */
  readonly seatId: string | null;
  readonly route: Route;
  readonly content: LetterContent;
  /** JSON: order, phrasing and fact ids, content version. */
  readonly choices: string;
};

/**
 * Keeps a letter, sealed, until its writer has pressed the button in the mailed link. The same letter again, from
 * a second press or fifty at once, is the same letter; another text is another letter with a link of its own,
 * and nobody's later form can change or push out what somebody wrote before. Which one goes is decided at the
 * press of the button.
 */
export async function submitLetter(
  parts: { db: Db; vault: Vault; clock: Clock },
  submission: Submission,
): Promise<void> {
  const keys = await mailKeys(parts, submission.country);
  const { entry } = submission;
  const now = parts.clock.now();
  const keep = async (tx: Tx) => {
    const supporter = await enterSupporter(tx, keys.country, entry, now);
    const uniqueKey = waitingKey(keys.country, supporter.id, submission.content);
    const known = await letterByUniqueKey(tx, uniqueKey);
    const letterId =
      known?.id ?? (await insertLetter(tx, keys.country, supporter, submission, uniqueKey, now));
    const repeated = known !== null;
    const wish = { purpose: 'confirm', subjectId: letterId, language: entry.language, repeated } as const;
    const linkId = await mailALink(tx, keys, supporter, wish, now);
    if (!linkId) throw new NoLinkToday();
    await recordConsents(tx, supporter, entry, linkId, now);
  };
  try {
    await inTransactionOrAgain(parts.db, keep);
  } catch (error) {
    if (!(error instanceof NoLinkToday)) throw error;
  }
}

/** An address has had its links for today: a letter that nobody could confirm is not kept, and nobody is told. */
class NoLinkToday extends Error {}

async function insertLetter(
  tx: Tx,
  vault: CountryVault,
  supporter: Supporter,
  submission: Submission,
  uniqueKey: string,
  now: number,
): Promise<string> {
  const { country, ask, seatId } = submission;
  const threadId = await threadOf(tx, supporter, submission, now);
  const { kind } = submission.content.letterCase;
  const round = kind === 'renewed' ? roundOfRenewed(await lettersOfThread(tx, workerActor, threadId)) : 1;
  const letter = newLetter(vault, { supporterId: supporter.id, threadId, uniqueKey, round }, submission, now);
  const { id, state } = letter;
  await insertLetters(tx, [letter]);
  if (seatId) await insertMarks(tx, { id, seatId }, marksOf(JSON.parse(letter.fingerprints) as Fingerprint));
  const event = {
    threadId,
    letterId: id,
    country,
    seatId,
    ask,
    kind: `letter-${state}`,
    fromState: null,
    toState: state,
    at: now,
  };
  await appendEvents(tx, publicActor, [event]);
  await addLetterCounts(tx, [{ country, ask, seatId, state, n: 1 }]);
  await appendAudit(
    tx,
    publicActor,
    [{ action: 'letter submitted for confirmation', subjectKind: 'letter', subjectId: id, country }],
    now,
  );
  return id;
}

function newLetter(
  vault: CountryVault,
  given: Pick<NewLetter, 'supporterId' | 'threadId' | 'uniqueKey' | 'round'>,
  submission: Submission,
  now: number,
): NewLetter {
  const { country, place, ask, seatId, route, content, choices } = submission;
  const id = newId(now);
  const letterDay = dayOf(now);
  return {
    id,
    ...given,
    country,
    place,
    seatId,
    ask,
    route,
    choices,
    letterDay,
    kind: content.letterCase.kind,
    language: content.letterCase.language,
    identity: content.letterCase.writer.identity,
    state: 'awaiting-confirmation',
    stateSince: now,
    dueAt: dueAt('awaiting-confirmation', now, letterDay),
    createdAt: now,
    textBox: sealContent(vault, id, content),
    fingerprints: JSON.stringify(
      fingerprintOwnWords(content.letterCase.ownWords, vault.derivedKey('own-words')),
    ),
    messageId: newId(now),
  };
}

async function threadOf(tx: Tx, supporter: Supporter, submission: Submission, now: number): Promise<string> {
  const { country, place, ask, seatId } = submission;
  // Every representative typed in has a thread of their own.
  const known = seatId && (await findThread(tx, { supporterId: supporter.id, seatId, ask }));
  if (known) return known;
  const id = newId(now);
  await insertThreads(tx, [{ id, country, place, supporterId: supporter.id, seatId, ask, createdAt: now }]);
  return id;
}
