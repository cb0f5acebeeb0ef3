import type { LetterKind } from '../campaign/letter-kinds.ts';
import type { Db, Tx } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import { insertRows } from '../database/insert-rows.ts';
import type { Actor } from '../shared/actor.ts';
import type { Day } from '../shared/clock.ts';
import type { LetterState } from './letter-states.ts';

/** By mail from here, by the office's web form, or by post: the last two by the writer's own hand. */
export type Route = 'email' | 'form' | 'post';

export type MovableLetter = {
  readonly id: string;
  readonly threadId: string;
  readonly country: string;
  readonly seatId: string | null;
  readonly ask: string;
  readonly state: LetterState;
  readonly letterDay: Day;
};

export type Letter = MovableLetter & {
  readonly supporterId: string;
  readonly place: string;
  readonly kind: LetterKind;
  readonly round: number;
  readonly language: string;
  readonly route: Route;
  readonly identity: number;
  readonly stateSince: number;
  readonly dueAt: number | null;
  readonly nextAttemptAt: number | null;
  readonly attempts: number;
  readonly createdAt: number;
  readonly confirmedAt: number | null;
  /** Sealed; null once the text has been forgotten. */
  readonly textBox: Buffer | null;
  /** JSON of the choices the letter was composed with. */
  readonly choices: string;
  /** JSON of keyed hashes. */
  readonly fingerprints: string;
  /** Fixed at submission, so that a second copy would be recognizable. */
  readonly messageId: string;
};

export type NewLetter = Omit<Letter, 'nextAttemptAt' | 'attempts' | 'confirmedAt'> & {
  readonly uniqueKey: string;
};

/** Rows a person may see: the writer their own, an organizer those of their countries, the worker all. */
function visibleTo(tx: Tx, actor: Actor) {
  const query = tx.selectFrom('letters').selectAll();
  if (actor.kind === 'worker') return query;
  if (actor.kind === 'supporter') return query.where('supporter_id', '=', actor.supporterId);
  if (actor.kind === 'organizer' && actor.countries.length > 0)
    return query.where('country', 'in', [...actor.countries]);
  return query.where('id', 'is', null);
}

export async function lettersToMove(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
): Promise<Map<string, MovableLetter>> {
  const letters = new Map<string, MovableLetter>();
  for (let start = 0; start < ids.length; start += 500) {
    const rows = await visibleTo(tx, actor)
      .clearSelect()
      .select(['id', 'thread_id', 'country', 'seat_id', 'ask', 'state', 'letter_day'])
      .where('id', 'in', ids.slice(start, start + 500))
      .execute();
    for (const row of rows) {
      const { id, country, ask } = row;
      const state = row.state as LetterState;
      letters.set(id, {
        id,
        country,
        ask,
        state,
        threadId: row.thread_id,
        seatId: row.seat_id,
        letterDay: row.letter_day,
      });
    }
  }
  return letters;
}

export async function letterById(tx: Tx, actor: Actor, id: string): Promise<Letter | null> {
  const row = await visibleTo(tx, actor).where('id', '=', id).executeTakeFirst();
  return row ? toLetter(row) : null;
}

export async function lettersOfSupporter(tx: Tx, actor: Actor, supporterId: string): Promise<Letter[]> {
  const rows = await visibleTo(tx, actor)
    .where('supporter_id', '=', supporterId)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(toLetter);
}

/** Every letter of a thread, the oldest first. */
export async function lettersOfThread(tx: Tx, actor: Actor, threadId: string): Promise<Letter[]> {
  const rows = await visibleTo(tx, actor).where('thread_id', '=', threadId).orderBy('created_at').execute();
  return rows.map(toLetter);
}

export async function letterByUniqueKey(tx: Tx, key: string): Promise<Letter | null> {
  const [row] = (await byUniqueKeyQuery(tx, key)).rows;
  return row ? toLetter(row) : null;
}

const byUniqueKeyQuery = fixedQuery((db: Db, key: string) =>
  db.selectFrom('letters').selectAll().where('unique_key', '=', key),
);

/** How many letters a supporter confirmed since a moment. */
export async function confirmedSince(tx: Tx, supporterId: string, since: number): Promise<number> {
  const row = await tx
    .selectFrom('letters')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('supporter_id', '=', supporterId)
    .where('confirmed_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function insertLetters(tx: Tx, letters: readonly NewLetter[]): Promise<void> {
  await insertRows(tx, 'letters', letters.map(toRow));
}

export type MoveChange = {
  readonly state: LetterState;
  readonly stateSince: number;
  readonly dueAt: number | null;
  readonly nextAttemptAt: number | null;
  readonly letterDay?: Day;
  readonly confirmedAt?: number;
  readonly attempts?: number;
  readonly textBox?: Buffer | null;
  readonly choices?: string;
  readonly uniqueKey?: string | null;
};

/** Changes letters that are all in state `from`. @returns how many still were. */
export async function saveMoves(
  tx: Tx,
  ids: readonly string[],
  from: LetterState,
  change: MoveChange,
): Promise<number> {
  let moved = 0n;
  for (let start = 0; start < ids.length; start += 500) {
    const result = await tx
      .updateTable('letters')
      .set(changedColumns(change))
      .where('id', 'in', ids.slice(start, start + 500))
      .where('state', '=', from)
      .executeTakeFirst();
    moved += result.numUpdatedRows;
  }
  return Number(moved);
}

function changedColumns(change: MoveChange) {
  return {
    state: change.state,
    state_since: change.stateSince,
    due_at: change.dueAt,
    next_attempt_at: change.nextAttemptAt,
    ...(change.letterDay !== undefined && { letter_day: change.letterDay }),
    ...(change.confirmedAt !== undefined && { confirmed_at: change.confirmedAt }),
    ...(change.attempts !== undefined && { attempts: change.attempts }),
    ...(change.textBox !== undefined && { text_box: change.textBox }),
    // Without its text a letter that never counted needs no hashes of it either.
    ...((change.state === 'withdrawn' || change.state === 'expired') && { fingerprints: '[]' }),
    ...(change.choices !== undefined && { choices: change.choices }),
    ...(change.uniqueKey !== undefined && { unique_key: change.uniqueKey }),
  };
}

/** Forgets the texts of letters that stay in their state. */
export async function forgetTexts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('letters')
    .set({ text_box: null, due_at: null })
    .where('id', 'in', [...ids])
    .execute();
}

/** Letters whose state has lasted long enough, the longest overdue first. */
export async function lettersDue(tx: Tx, now: number, limit: number): Promise<Letter[]> {
  const rows = await tx
    .selectFrom('letters')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map(toLetter);
}

/** Letters the worker may send now, the longest waiting first. */
export async function lettersToSend(tx: Tx, now: number, limit: number): Promise<Letter[]> {
  const rows = await tx
    .selectFrom('letters')
    .selectAll()
    .where('state', '=', 'queued')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
  return rows.map(toLetter);
}

/** Letters an interrupted run left in the middle of sending. */
export async function lettersInSending(tx: Tx, claimedBefore: number): Promise<Letter[]> {
  const rows = await tx
    .selectFrom('letters')
    .selectAll()
    .where('state', '=', 'sending')
    .where('state_since', '<=', claimedBefore)
    .execute();
  return rows.map(toLetter);
}

function toRow(letter: NewLetter) {
  return {
    id: letter.id,
    thread_id: letter.threadId,
    supporter_id: letter.supporterId,
    country: letter.country,
    place: letter.place,
    seat_id: letter.seatId,
    ask: letter.ask,
    kind: letter.kind,
    round: letter.round,
    language: letter.language,
    route: letter.route,
    identity: letter.identity,
    state: letter.state,
    state_since: letter.stateSince,
    due_at: letter.dueAt,
    letter_day: letter.letterDay,
    created_at: letter.createdAt,
    text_box: letter.textBox,
    choices: letter.choices,
    fingerprints: letter.fingerprints,
    message_id: letter.messageId,
    unique_key: letter.uniqueKey,
  };
}

type Row = Awaited<ReturnType<ReturnType<typeof visibleTo>['executeTakeFirstOrThrow']>>;

function toLetter(row: Row): Letter {
  return {
    id: row.id,
    threadId: row.thread_id,
    supporterId: row.supporter_id,
    country: row.country,
    place: row.place,
    seatId: row.seat_id,
    ask: row.ask,
    kind: row.kind as LetterKind,
    round: row.round,
    language: row.language,
    route: row.route as Route,
    identity: row.identity,
    state: row.state as LetterState,
    stateSince: row.state_since,
    dueAt: row.due_at,
    nextAttemptAt: row.next_attempt_at,
    attempts: row.attempts,
    letterDay: row.letter_day,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
    textBox: row.text_box,
    choices: row.choices,
    fingerprints: row.fingerprints,
    messageId: row.message_id,
  };
}
