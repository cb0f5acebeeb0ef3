import type { Used } from '../campaign/campaign-types.ts';
import type { Db } from '../database/connect.ts';
import { type Clock, minute } from '../shared/clock.ts';
import { countUses, type EarlierLetter, readEarlierLetter } from './compose/sameness-with-office.ts';
import { type LetterTraits, lettersOfOffice } from './office-letters-store.ts';

/** What an office has had lately: no text and no names, but which wordings and facts, and keyed hashes. */
export type OfficeMemory = {
  /** The latest letters, the latest first. */
  readonly letters: readonly EarlierLetter[];
  readonly used: Used;
  /** There may be older letters than these. */
  readonly full: boolean;
};

export type RememberOffice = (seatId: string) => Promise<OfficeMemory>;

const mostLetters = 100;
const mostOffices = 100;
// What was withdrawn or erased meanwhile is forgotten with the rest after this long.
const keptFor = 10 * minute;

type Kept = OfficeMemory & { readonly latest: number; readonly since: number };

/** Reads what an office has had once, and then only what has come since. */
export function createOfficeMemory({
  db,
  clock,
}: {
  readonly db: Db;
  readonly clock: Clock;
}): RememberOffice {
  const offices = new Map<string, Kept>();
  return async (seatId) => {
    const now = clock.now();
    const kept = offices.get(seatId);
    const known = kept && now - kept.since < keptFor ? kept : null;
    const rows = await lettersOfOffice(db, seatId, known?.latest ?? 0, mostLetters);
    if (known && rows.length === 0) return known;
    const memory = remember(known, rows, now);
    offices.delete(seatId);
    offices.set(seatId, memory);
    const [oldest] = offices.keys();
    if (offices.size > mostOffices && oldest !== undefined) offices.delete(oldest);
    return memory;
  };
}

function remember(known: Kept | null, rows: readonly LetterTraits[], now: number): Kept {
  const letters = [...rows.map(readEarlierLetter), ...(known?.letters ?? [])].slice(0, mostLetters);
  return {
    letters,
    used: countUses(letters),
    full: letters.length === mostLetters,
    latest: rows[0]?.confirmedAt ?? 0,
    since: known?.since ?? now,
  };
}
