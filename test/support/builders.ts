import { randomBytes } from 'node:crypto';
import type { Db } from '../../src/database/connect.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { type Fingerprint, marksOf } from '../../src/letters/compose/sameness.ts';
import { addLetterCounts } from '../../src/letters/letter-counts-store.ts';
import { dueAt, type LetterState } from '../../src/letters/letter-states.ts';
import { insertLetters, type NewLetter } from '../../src/letters/letter-store.ts';
import { insertMarks } from '../../src/letters/office-letters-store.ts';
import { insertThreads } from '../../src/letters/thread-store.ts';
import { appendEvents } from '../../src/outreach/append-events.ts';
import { workerActor } from '../../src/shared/actor.ts';
import { dayOf } from '../../src/shared/clock.ts';
import { newId } from '../../src/shared/ids.ts';
import { addSupporterCounts, insertSupporters } from '../../src/supporters/supporter-store.ts';
import { createVault, type Vault } from '../../src/vault/vault.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export function vaultForTests(clock: FakeClock = fakeClock()): Vault {
  return createVault(randomBytes(32), clock);
}

/** A supporter in the database; everything has a default. @returns the id. */
export async function aSupporter(
  db: Db,
  vault: Vault,
  given: { country?: string; email?: string; state?: 'unconfirmed' | 'confirmed'; at?: number } = {},
): Promise<{ id: string; country: string; email: string }> {
  const at = given.at ?? Date.parse('2026-11-23T10:00:00Z');
  const country = given.country ?? 'NZ';
  const id = newId(at);
  const email = given.email ?? `${id}@example.org`;
  const state = given.state ?? 'confirmed';
  const keys = await vault.forCountry(db, country);
  await inTransaction(db, async (tx) => {
    await insertSupporters(tx, [
      {
        id,
        country,
        state,
        emailIndex: keys.emailIndex(email),
        emailBox: keys.seal('supporters', id, email),
        language: 'en',
        seatId: null,
        createdAt: at,
        confirmedAt: state === 'confirmed' ? at : null,
      },
    ]);
    await addSupporterCounts(tx, [{ country, state, n: 1 }]);
  });
  return { id, country, email };
}

/** A letter in the database in the state asked for, with thread, event and counters. @returns its id. */
export async function aLetter(
  db: Db,
  vault: Vault,
  supporter: { id: string; country: string },
  given: Partial<Omit<NewLetter, 'textBox'>> & { text?: string } = {},
): Promise<string> {
  const at = given.stateSince ?? Date.parse('2026-11-23T10:00:00Z');
  const id = newId(at);
  const keys = await vault.forCountry(db, supporter.country);
  const state: LetterState = given.state ?? 'queued';
  const { text = 'a text', ...rest } = given;
  const letter: NewLetter = {
    id,
    threadId: newId(at),
    supporterId: supporter.id,
    country: supporter.country,
    place: supporter.country,
    seatId: null,
    ask: 'visa-sanctions',
    kind: 'first',
    round: 1,
    language: 'en',
    route: 'email',
    identity: 1,
    state,
    stateSince: at,
    dueAt: dueAt(state, at, rest.letterDay ?? dayOf(at)),
    letterDay: dayOf(at),
    createdAt: at,
    textBox: keys.seal('letters', id, text),
    choices: '{}',
    fingerprints: '[]',
    messageId: newId(at),
    uniqueKey: id,
    ...rest,
  };
  await inTransaction(db, async (tx) => {
    const { country, place, ask, seatId, threadId } = letter;
    await insertThreads(tx, [
      { id: threadId, country, place, supporterId: supporter.id, seatId, ask, createdAt: at },
    ]);
    await insertLetters(tx, [letter]);
    if (seatId)
      await insertMarks(tx, { id, seatId }, marksOf(JSON.parse(letter.fingerprints) as Fingerprint));
    if (state !== 'awaiting-confirmation')
      await tx.updateTable('letters').set({ confirmed_at: at }).where('id', '=', id).execute();
    await appendEvents(tx, workerActor, [
      {
        threadId,
        letterId: id,
        country,
        seatId,
        ask,
        kind: `letter-${state}`,
        fromState: null,
        toState: state,
        at,
      },
    ]);
    await addLetterCounts(tx, [{ country, ask, seatId, state, n: 1 }]);
  });
  return id;
}
