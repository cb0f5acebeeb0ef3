import { appendAudit } from '../audit/audit.ts';
import type { Tx } from '../database/connect.ts';
import { appendEvents } from '../outreach/append-events.ts';
import type { Actor } from '../shared/actor.ts';
import type { Day } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { addLetterCounts, type CountChange } from './letter-counts-store.ts';
import { dueAt, forgetsText, freesItsPlace, type LetterState, mayMove } from './letter-states.ts';
import { lettersToMove, type MovableLetter, type MoveChange, saveMoves } from './letter-store.ts';
import { forgetMarks } from './office-letters-store.ts';

export type Move = {
  readonly letterId: string;
  readonly to: LetterState;
  /** Milliseconds. */
  readonly at: number;
  /** What changes with the move; what is not named stays. */
  readonly set?: {
    readonly letterDay?: Day;
    readonly confirmedAt?: number;
    /** When the worker may try; null when it must not. */
    readonly nextAttemptAt?: number | null;
    readonly attempts?: number;
    readonly textBox?: Buffer;
    readonly choices?: string;
    readonly uniqueKey?: string;
  };
};

/**
 * The one function that changes the state of letters: state, event, counters and audit in one transaction.
 * @throws Failure 'not-found' if the actor may not see a letter; 'conflict' if a move is not allowed.
 */
export async function moveLetters(tx: Tx, actor: Actor, moves: readonly Move[]): Promise<void> {
  const letters = await lettersToMove(
    tx,
    actor,
    moves.map((move) => move.letterId),
  );
  const pairs = moves.map((move) => ({ move, letter: letterOf(letters, move) }));
  for (const alike of groupAlike(pairs)) await applyMoves(tx, alike);
  await appendEvents(
    tx,
    actor,
    pairs.map(({ move, letter }) => toEvent(letter, move)),
  );
  await addLetterCounts(
    tx,
    pairs.flatMap(({ move, letter }) => toCounts(letter, move)),
  );
  await appendAudit(
    tx,
    actor,
    pairs.map(({ move, letter }) => toAudit(letter, move)),
    moves[0]?.at ?? 0,
  );
}

/** Moves one letter. */
export async function moveLetter(tx: Tx, actor: Actor, move: Move): Promise<void> {
  await moveLetters(tx, actor, [move]);
}

function letterOf(letters: ReadonlyMap<string, MovableLetter>, move: Move): MovableLetter {
  const letter = letters.get(move.letterId);
  if (!letter) throw new Failure('not-found', 'no such letter');
  if (!mayMove(letter.state, move.to))
    throw new Failure('conflict', `a letter ${letter.state} cannot become ${move.to}`);
  return letter;
}

type Pair = { readonly move: Move; readonly letter: MovableLetter };
type Alike = { readonly from: LetterState; readonly change: MoveChange; readonly ids: string[] };

// Letters that change in the same way are changed by one statement; one with a new text stands alone.
function groupAlike(pairs: readonly Pair[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const { move, letter } of pairs) {
    const change = changeOf(letter, move);
    const key = move.set?.textBox ? letter.id : `${letter.state}|${JSON.stringify(change)}`;
    const group = groups.get(key) ?? { from: letter.state, change, ids: [] };
    group.ids.push(letter.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function changeOf(letter: MovableLetter, move: Move): MoveChange {
  return {
    ...move.set,
    state: move.to,
    stateSince: move.at,
    dueAt: dueAt(move.to, move.at, move.set?.letterDay ?? letter.letterDay),
    nextAttemptAt: move.set?.nextAttemptAt ?? null,
    ...(forgetsText(move.to) && { textBox: null }),
    ...(freesItsPlace(move.to) && { uniqueKey: null }),
  };
}

async function applyMoves(tx: Tx, { from, change, ids }: Alike): Promise<void> {
  const moved = await saveMoves(tx, ids, from, change);
  if (moved !== ids.length) throw new Failure('conflict', 'a letter has moved meanwhile');
  if (forgetsText(change.state)) await forgetMarks(tx, ids);
}

function toEvent(letter: MovableLetter, move: Move) {
  return {
    threadId: letter.threadId,
    letterId: letter.id,
    country: letter.country,
    seatId: letter.seatId,
    ask: letter.ask,
    kind: `letter-${move.to}`,
    fromState: letter.state,
    toState: move.to,
    at: move.at,
  };
}

function toCounts(letter: MovableLetter, move: Move): CountChange[] {
  const { country, ask, seatId } = letter;
  return [
    { country, ask, seatId, state: letter.state, n: -1 },
    { country, ask, seatId, state: move.to, n: 1 },
  ];
}

function toAudit(letter: MovableLetter, move: Move) {
  return {
    action: `letter ${move.to}`,
    subjectKind: 'letter',
    subjectId: letter.id,
    country: letter.country,
  };
}
