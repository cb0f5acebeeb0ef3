import type { Db } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { recordAnswer } from '../../outreach/record-answer.ts';
import type { Actor } from '../../shared/actor.ts';
import { type Clock, dayOf, hour, isDay } from '../../shared/clock.ts';
import { Failure } from '../../shared/errors.ts';
import { letterById } from '../letter-store.ts';
import { moveLetter } from '../move-letters.ts';

/** Takes a letter back: its text goes at once. Not while it is being sent. */
export async function withdrawLetter(
  parts: { db: Db; clock: Clock },
  writer: Actor,
  letterId: string,
): Promise<void> {
  await inTransaction(parts.db, (tx) =>
    moveLetter(tx, writer, { letterId, to: 'withdrawn', at: parts.clock.now() }),
  );
}

/**
 * The writer tells the day they posted a letter or sent it through the office's form.
 * @throws Failure 'conflict' for a day before the letter was ready or after today.
 */
export async function recordSentByYou(
  parts: { db: Db; clock: Clock },
  writer: Actor,
  letterId: string,
  day: string,
): Promise<void> {
  const now = parts.clock.now();
  await inTransaction(parts.db, async (tx) => {
    const letter = await letterById(tx, writer, letterId);
    if (!letter) throw new Failure('not-found');
    // A day further east may have begun already.
    if (!isDay(day) || day < letter.letterDay || day > dayOf(now + 14 * hour))
      throw new Failure('conflict', 'not a possible day');
    // The day told, but never before the letter was ready or after this moment.
    const at = Math.min(now, Math.max(letter.stateSince, Date.parse(`${day}T12:00:00Z`)));
    await moveLetter(tx, writer, { letterId, to: 'sent-by-you', at });
  });
}

/** The writer tells that the office answered. @throws Failure 'conflict' for a letter that never went out. */
export async function recordAnswerToLetter(
  parts: { db: Db; clock: Clock },
  writer: Actor,
  letterId: string,
): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    const letter = await letterById(tx, writer, letterId);
    if (!letter) throw new Failure('not-found');
    if (!['submitted', 'sent-by-you', 'uncertain'].includes(letter.state))
      throw new Failure('conflict', 'not sent');
    const { threadId, country, seatId, ask } = letter;
    await recordAnswer(tx, writer, { threadId, country, seatId, ask }, parts.clock.now());
  });
}
