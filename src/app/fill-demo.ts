import type { Campaign } from '../campaign/campaign-types.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { addLetterCounts } from '../letters/letter-counts-store.ts';
import { dueAt, type LetterState, letterRules } from '../letters/letter-states.ts';
import { forgetTexts, insertLetters, type NewLetter } from '../letters/letter-store.ts';
import { type Move, moveLetters } from '../letters/move-letters.ts';
import { insertThreads } from '../letters/thread-store.ts';
import { appendEvents } from '../outreach/append-events.ts';
import { seatsOfCountry } from '../representatives/representative.ts';
import { workerActor } from '../shared/actor.ts';
import { day, dayOf, hour } from '../shared/clock.ts';
import { isCountry } from '../shared/countries.ts';
import { UsageError } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { addSupporterCounts, insertConsents, insertSupporters } from '../supporters/supporter-store.ts';
import type { CountryVault, Vault } from '../vault/vault.ts';
import { composeSamples, importDemoMembers, type Sample } from './demo-content.ts';
import { markAsDemo } from './demo-mark.ts';

export type DemoSize = { readonly supporters: number; readonly letters: number; readonly days: number };
type Parts = { readonly db: Db; readonly vault: Vault; readonly campaign: Campaign; readonly now: number };
type Progress = (done: number, of: number) => void;

const mostInBatch = 1_000;
/** A small demonstration too is spread over countries, days and fates. */
const batchesPerCountry = 40;

/** What becomes of a batch of letters; the shares repeat every ten batches. */
const fates: readonly (readonly LetterState[])[] = [
  ['queued', 'sending', 'submitted'],
  ['queued', 'sending', 'submitted'],
  ['ready-for-you', 'sent-by-you'],
  ['queued', 'sending', 'submitted'],
  ['expired'],
  ['queued', 'sending', 'submitted'],
  ['ready-for-you', 'sent-by-you'],
  ['queued', 'sending', 'failed'],
  ['queued', 'sending', 'submitted'],
  ['queued', 'sending', 'uncertain'],
];

/**
 * Fills an empty database with invented people and letters, spread over the days before now, and marks it as a
 * demonstration for ever. Everything goes through the stores and the mover.
 * @throws UsageError if anything is in the database already.
 */
export async function fillDemo(parts: Parts, size: DemoSize, progress: Progress): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    if (await hasAnything(tx))
      throw new UsageError('the database is not empty; a demonstration fills an empty one only');
    await markAsDemo(tx);
  });
  // Nobody lives in a place that is no country, such as the European Parliament.
  const countries = [...parts.campaign.places.keys()].filter(isCountry).slice(0, size.supporters);
  await importDemoMembers(parts, countries);
  const writers = await fillSupporters(parts, countries, size);
  await fillLetters(parts, countries, writers, size, progress);
}

async function hasAnything(tx: Tx): Promise<boolean> {
  const row = await tx
    .selectNoFrom((eb) => [
      eb.exists(eb.selectFrom('supporters').select('id')).as('supporters'),
      eb.exists(eb.selectFrom('people').select('id')).as('people'),
      eb.exists(eb.selectFrom('organizers').select('id')).as('organizers'),
    ])
    .executeTakeFirstOrThrow();
  return Boolean(row.supporters) || Boolean(row.people) || Boolean(row.organizers);
}

async function fillSupporters(
  parts: Parts,
  countries: readonly string[],
  size: DemoSize,
): Promise<Map<string, string[]>> {
  const writers = new Map<string, string[]>();
  for (const [place, country] of countries.entries()) {
    const vault = await parts.vault.forCountry(parts.db, country);
    const share = Math.ceil((size.supporters - place) / countries.length);
    for (let made = 0; made < share; made += mostInBatch) {
      const at = parts.now - day * size.days * (1 - made / Math.max(1, share));
      const ids = Array.from({ length: Math.min(mostInBatch, share - made) }, () => newId(at));
      await inTransaction(parts.db, (tx) => insertDemoSupporters(tx, vault, ids, Math.floor(at)));
      writers.set(country, [...(writers.get(country) ?? []), ...ids]);
    }
  }
  return writers;
}

async function insertDemoSupporters(
  tx: Tx,
  vault: CountryVault,
  ids: readonly string[],
  at: number,
): Promise<void> {
  const { country } = vault;
  await insertSupporters(
    tx,
    ids.map((id) => {
      const email = `demo-${id}@example.org`;
      return {
        id,
        country,
        language: 'en',
        seatId: null,
        state: 'confirmed' as const,
        createdAt: at,
        confirmedAt: at,
        emailIndex: vault.emailIndex(email),
        emailBox: vault.seal('supporters', id, email),
      };
    }),
  );
  await insertConsents(
    tx,
    ids.map((id) => ({
      id: newId(at),
      supporterId: id,
      country,
      purpose: 'keep',
      textId: 'demo',
      language: 'en',
      givenAt: at,
      linkId: 'demo',
      provenAt: at,
    })),
  );
  await addSupporterCounts(tx, [{ country, state: 'confirmed', n: ids.length }]);
}

async function fillLetters(
  parts: Parts,
  countries: readonly string[],
  writers: ReadonlyMap<string, string[]>,
  size: DemoSize,
  progress: Progress,
): Promise<void> {
  const batch = Math.min(
    mostInBatch,
    Math.max(1, Math.ceil(size.letters / (countries.length * batchesPerCountry))),
  );
  const total = Math.ceil(size.letters / batch);
  const seats = new Map<string, string[]>();
  const samples = new Map<string, Sample[]>();
  for (const country of countries) {
    seats.set(
      country,
      (await seatsOfCountry(parts.db, country)).map((seat) => seat.seatId),
    );
    samples.set(country, composeSamples(parts.campaign, country, dayOf(parts.now)));
  }
  for (let n = 0; n < total; n++) {
    const country = countries[n % countries.length] ?? '';
    const count = Math.min(batch, size.letters - n * batch);
    const at = Math.floor(parts.now - 2 * hour - day * size.days * (1 - (n + 1) / total));
    const task = {
      n,
      // Each country has every fate in turn, however many countries there are.
      fate: (n % countries.length) + 3 * Math.floor(n / countries.length),
      count,
      at,
      writers: writers.get(country) ?? [],
      seats: seats.get(country) ?? [],
      samples: samples.get(country) ?? [],
    };
    const vault = await parts.vault.forCountry(parts.db, country);
    await inTransaction(parts.db, (tx) => writeBatch(tx, vault, task, parts.now));
    progress(n * batch + count, size.letters);
  }
}

type Task = {
  readonly n: number;
  /** Which of the fates. */
  readonly fate: number;
  readonly count: number;
  readonly at: number;
  readonly writers: readonly string[];
  readonly seats: readonly string[];
  readonly samples: readonly Sample[];
};

async function writeBatch(tx: Tx, vault: CountryVault, task: Task, now: number): Promise<void> {
  const letters = Array.from({ length: task.count }, (_, index) => demoLetter(vault, task, index, now));
  const { country } = vault;
  await insertThreads(
    tx,
    letters.map((l) => ({
      id: l.threadId,
      country,
      place: country,
      supporterId: l.supporterId,
      seatId: l.seatId,
      ask: l.ask,
      createdAt: task.at,
    })),
  );
  await insertLetters(tx, letters);
  await appendEvents(
    tx,
    workerActor,
    letters.map(({ threadId, id, seatId, ask }) => ({
      threadId,
      letterId: id,
      country,
      seatId,
      ask,
      kind: 'letter-awaiting-confirmation',
      fromState: null,
      toState: 'awaiting-confirmation',
      at: task.at,
    })),
  );
  await addLetterCounts(
    tx,
    letters.map(({ ask, seatId }) => ({ country, ask, seatId, state: 'awaiting-confirmation', n: 1 })),
  );
  await liveThrough(tx, letters, task, now);
}

/** Moves a batch through its states, minutes apart; every fifth letter that went out is answered. */
async function liveThrough(tx: Tx, letters: readonly NewLetter[], task: Task, now: number): Promise<void> {
  const states = fates[task.fate % fates.length] ?? [];
  let at = task.at;
  for (const state of states) {
    at = state === 'expired' ? at + 72 * hour : at + 600_000;
    if (at > now) return;
    await moveLetters(
      tx,
      workerActor,
      letters.map((letter): Move => ({ letterId: letter.id, to: state, at })),
    );
  }
  const last = states.at(-1);
  if (last && isOver(last, at, now))
    await forgetTexts(
      tx,
      letters.map(({ id }) => id),
    );
  const answeredAt = at + 10 * day;
  if ((last !== 'submitted' && last !== 'sent-by-you') || answeredAt > now) return;
  const answered = letters.filter((_, index) => index % 5 === 0);
  await appendEvents(
    tx,
    workerActor,
    answered.map(({ threadId, country, seatId, ask }) => ({
      threadId,
      letterId: null,
      country,
      seatId,
      ask,
      kind: 'answered',
      fromState: null,
      toState: null,
      at: answeredAt,
    })),
  );
}

// The worker would have forgotten these texts long ago, and would otherwise begin with a million of them.
function isOver(state: LetterState, since: number, now: number): boolean {
  const due = dueAt(state, since, dayOf(since));
  return letterRules[state].next === 'text-gone' && due !== null && due <= now;
}

/** After this age the text would have been forgotten: it is never written. */
const textKept = 28 * day;

function demoLetter(vault: CountryVault, task: Task, index: number, now: number): NewLetter {
  const { at, samples, writers, seats, n } = task;
  const sample = samples[(n * 5 + index) % samples.length];
  if (!sample) throw new Error('no sample letters');
  const id = newId(at);
  const fresh = now - at < textKept;
  return {
    id,
    threadId: newId(at),
    supporterId: writers[(n * mostInBatch + index) % writers.length] ?? '',
    country: vault.country,
    place: vault.country,
    seatId: seats[(n * 7 + index) % Math.max(1, seats.length)] ?? null,
    ask: sample.ask,
    kind: 'first',
    round: 1,
    language: sample.language,
    route: 'email',
    identity: 1,
    state: 'awaiting-confirmation',
    stateSince: at,
    dueAt: dueAt('awaiting-confirmation', at, dayOf(at)),
    letterDay: dayOf(at),
    createdAt: at,
    textBox: fresh ? vault.seal('letters', id, sample.content) : null,
    choices: sample.choices,
    fingerprints: '[]',
    messageId: newId(at),
    uniqueKey: id,
  };
}
