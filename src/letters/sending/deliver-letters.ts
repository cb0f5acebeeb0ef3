import type { Db, Tx } from '../../database/connect.ts';
import { inSnapshot, inTransaction } from '../../database/transaction.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { OutgoingMessage } from '../../mail/message.ts';
import type { Verdict } from '../../mail/smtp-verdict.ts';
import type { Views } from '../../rendering/create-views.ts';
import { heldSeatsById } from '../../representatives/representative-store.ts';
import { workerActor } from '../../shared/actor.ts';
import { type Clock, day, hour, minute } from '../../shared/clock.ts';
import { Failure } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { describeError, type Logger } from '../../shared/logger.ts';
import type { Vault } from '../../vault/vault.ts';
import { openContent } from '../letter-content.ts';
import { type LetterState, mayMove } from '../letter-states.ts';
import { type Letter, letterById, lettersInSending, lettersToSend } from '../letter-store.ts';
import { type Move, moveLetter, moveLetters } from '../move-letters.ts';
import { firstAttemptAt, insertAttempt, settleAttempt } from './attempt-store.ts';
import { writeLetterMail } from './letter-mail.ts';

type Parts = {
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly mailer: Mailer;
  readonly views: Views;
  readonly logger: Logger;
  /** Our address for letters. */
  readonly letterSender: string;
  /** Letters under way at the same time, 1 to 4: as many may become uncertain when the process dies. */
  readonly lanes?: number;
};

/** What a letter is to become before anything is sent: a mail, or a state in which it waits for a person. */
type Prepared =
  | { readonly kind: 'mail'; readonly message: OutgoingMessage }
  | { readonly kind: 'not-to-send'; readonly to: 'held' | 'returned' }
  | { readonly kind: 'not-written' };

type Attempt = { readonly id: string; readonly letterId: string; readonly nth: number };

/** A verdict of the mail server, or that we could not write the mail. */
type Outcome = Verdict | { readonly kind: 'try-later'; readonly reason: 'not-written' };

const lettersPerRun = 100;
const firstWait = 5 * minute;
const longestWait = 4 * hour;
const giveUpAfter = 7 * day;
/** Times five seconds that a verdict waits for a locked database before the letter is left to be called uncertain. */
const settleTries = 24;

/**
 * Sends the letters that are due, at most a hundred a call. Each: claimed and its attempt recorded in one short
 * transaction, submitted with no transaction open, settled by the verdict in another. A letter whose fate is
 * unknown becomes uncertain and is never sent again by itself.
 * @param stop no further letter is begun once it is aborted.
 * @returns how many letters were begun.
 */
export async function deliverLetters(parts: Parts, stop?: AbortSignal): Promise<number> {
  const due = await inSnapshot(parts.db, (tx) => lettersToSend(tx, parts.clock.now(), lettersPerRun));
  const waiting = due.values();
  let begun = 0;
  const runLane = async () => {
    for (const letter of waiting) {
      if (stop?.aborted) return;
      if (await deliverLetter(parts, letter)) begun++;
    }
  };
  const lanes = Math.min(Math.max(parts.lanes ?? 2, 1), 4);
  const ends = await Promise.allSettled(Array.from({ length: lanes }, runLane));
  // A lane that fails (the disk is full) must not leave the others running behind our back.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return begun;
}

/**
 * Calls uncertain what an interrupted run left in the middle of sending.
 * @param claimedBefore milliseconds; only letters claimed by then. Left out, at the start of the only sender: all.
 * @returns how many.
 */
export async function parkInterruptedLetters(
  parts: { readonly db: Db; readonly clock: Clock },
  claimedBefore: number = Number.MAX_SAFE_INTEGER,
): Promise<number> {
  return await inTransaction(parts.db, async (tx) => {
    const letters = await lettersInSending(tx, claimedBefore);
    const at = parts.clock.now();
    if (letters.length > 0) {
      await moveLetters(
        tx,
        workerActor,
        letters.map(({ id }) => ({ letterId: id, to: 'uncertain', at })),
      );
    }
    return letters.length;
  });
}

async function deliverLetter(parts: Parts, letter: Letter): Promise<boolean> {
  const prepared = await prepare(parts, letter);
  if (prepared.kind === 'not-to-send') {
    await setAside(parts, letter, prepared.to);
    return false;
  }
  const attempt = await claim(parts, letter);
  if (!attempt) return false;
  const outcome = await submit(parts, letter, prepared);
  await settlePatiently(parts, attempt, outcome);
  parts.logger.info('letter tried', { id: letter.id, country: letter.country, kind: outcome.kind });
  return true;
}

async function prepare(parts: Parts, letter: Letter): Promise<Prepared> {
  try {
    const vault = await parts.vault.forCountry(parts.db, letter.country);
    const content = openContent(vault, letter);
    const to = content?.destination.email;
    // One typed in by hand has no seat, and is never written to by mail.
    if (!content || !to || letter.seatId === null) return { kind: 'not-to-send', to: 'returned' };
    const channel = await emailChannel(parts.db, letter.seatId, to);
    if (channel !== 'fine') return { kind: 'not-to-send', to: channel === 'opted-out' ? 'held' : 'returned' };
    return {
      kind: 'mail',
      message: writeLetterMail(parts.views, { letter, content, to, sender: parts.letterSender }),
    };
  } catch (error) {
    parts.logger.error('letter not written', { id: letter.id, error: describeError(error) });
    return { kind: 'not-written' };
  }
}

// The address in the letter is what the directory said then; the directory of today has the last word.
async function emailChannel(db: Db, seatId: string, address: string): Promise<'fine' | 'opted-out' | 'gone'> {
  const [held] = await heldSeatsById(db, [seatId]);
  const channels = held?.offices.flatMap((office) => office.channels) ?? [];
  const wanted = address.toLowerCase();
  const channel = channels.find(({ kind, value }) => kind === 'email' && value.toLowerCase() === wanted);
  if (!channel || channel.state === 'failing') return 'gone';
  return channel.state;
}

async function setAside(parts: Parts, letter: Letter, to: 'held' | 'returned'): Promise<void> {
  await unlessMoved(async () => {
    await inTransaction(parts.db, (tx) =>
      moveLetter(tx, workerActor, { letterId: letter.id, to, at: parts.clock.now() }),
    );
  });
}

// Committed before the first byte goes out: whatever happens from here on, the letter is not sent twice.
async function claim(parts: Parts, letter: Letter): Promise<Attempt | null> {
  const startedAt = parts.clock.now();
  const attempt = { id: newId(startedAt), letterId: letter.id, nth: letter.attempts + 1 };
  const claimed = await unlessMoved(() =>
    inTransaction(parts.db, async (tx) => {
      const now = await letterById(tx, workerActor, letter.id);
      if (now?.attempts !== letter.attempts) throw new Failure('conflict', 'tried meanwhile');
      const { nth, ...row } = attempt;
      await moveLetter(tx, workerActor, {
        letterId: letter.id,
        to: 'sending',
        at: startedAt,
        set: { attempts: nth },
      });
      await insertAttempt(tx, { ...row, messageId: letter.messageId, startedAt });
    }),
  );
  return claimed ? attempt : null;
}

/** @returns false if the letter was withdrawn, erased, or taken by another worker meanwhile. */
async function unlessMoved(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Failure && (error.kind === 'conflict' || error.kind === 'not-found')) return false;
    throw error;
  }
}

async function submit(
  parts: Parts,
  letter: Letter,
  prepared: Exclude<Prepared, { kind: 'not-to-send' }>,
): Promise<Outcome> {
  if (prepared.kind === 'not-written') return { kind: 'try-later', reason: 'not-written' };
  try {
    return await parts.mailer.submit(prepared.message);
  } catch (error) {
    // A mailer never throws; should it, nobody knows how far it came.
    parts.logger.error('mailer failed', { id: letter.id, error: describeError(error) });
    return { kind: 'uncertain', reason: 'no-answer' };
  }
}

// The verdict is worth waiting for: without it the letter would have to be called uncertain.
async function settlePatiently(parts: Parts, attempt: Attempt, outcome: Outcome): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await inTransaction(parts.db, (tx) => settle(tx, attempt, outcome, parts.clock.now()));
      return;
    } catch (error) {
      if (!(error instanceof Failure && error.kind === 'busy') || tries === settleTries) throw error;
    }
  }
}

async function settle(tx: Tx, attempt: Attempt, outcome: Outcome, at: number): Promise<void> {
  const code = 'code' in outcome ? (outcome.code ?? null) : null;
  const reason = 'reason' in outcome ? outcome.reason : null;
  await settleAttempt(tx, attempt.id, { settledAt: at, verdict: outcome.kind, code, reason });
  const letter = await letterById(tx, workerActor, attempt.letterId);
  // Erased meanwhile, or held up so long that it was called uncertain and then tried again.
  if (!letter || letter.attempts !== attempt.nth) return;
  const move = await moveFor(tx, letter, outcome, at);
  const open: readonly LetterState[] = ['sending', 'uncertain'];
  if (open.includes(letter.state) && mayMove(letter.state, move.to)) await moveLetter(tx, workerActor, move);
}

async function moveFor(tx: Tx, letter: Letter, outcome: Outcome, at: number): Promise<Move> {
  const to = (state: LetterState): Move => ({ letterId: letter.id, to: state, at });
  if (outcome.kind === 'accepted') return to('submitted');
  if (outcome.kind === 'refused') return to('failed');
  if (outcome.kind === 'uncertain') return to('uncertain');
  const since = (await firstAttemptAt(tx, letter.id)) ?? at;
  if (at - since >= giveUpAfter) return to('failed');
  const wait = Math.min(firstWait * 2 ** (letter.attempts - 1), longestWait);
  return { ...to('queued'), set: { nextAttemptAt: at + wait } };
}
