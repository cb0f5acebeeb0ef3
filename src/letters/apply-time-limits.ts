import type { Db, Tx } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { workerActor } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import { type LetterState, letterRules } from './letter-states.ts';
import { forgetTexts, type Letter, lettersDue } from './letter-store.ts';
import { moveLetters } from './move-letters.ts';

const batch = 200;

/** Moves on, or forgets the text of, every letter whose state has lasted long enough. @returns how many. */
export async function applyTimeLimits(parts: { db: Db; clock: Clock }): Promise<number> {
  let done = 0;
  for (;;) {
    const count = await inTransaction(parts.db, (tx) => applyToBatch(tx, parts.clock.now()));
    done += count;
    if (count < batch) return done;
  }
}

async function applyToBatch(tx: Tx, now: number): Promise<number> {
  const due = await lettersDue(tx, now, batch);
  const staying = due.filter((letter) => letterRules[letter.state].next === 'text-gone');
  const moving = due.filter((letter) => letterRules[letter.state].next !== 'text-gone');
  if (staying.length > 0)
    await forgetTexts(
      tx,
      staying.map((letter) => letter.id),
    );
  if (moving.length > 0)
    await moveLetters(
      tx,
      workerActor,
      moving.map((letter) => toMove(letter, now)),
    );
  return due.length;
}

function toMove(letter: Letter, at: number) {
  return { letterId: letter.id, to: letterRules[letter.state].next as LetterState, at };
}
