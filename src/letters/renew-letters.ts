import type { Letter } from './letter-store.ts';

type Lived = Pick<Letter, 'id' | 'kind' | 'round' | 'state' | 'createdAt' | 'confirmedAt'>;

/**
 * Whether a letter that came to its end unsent may be written anew: the latest of its thread that did, where none
 * stands in its place.
 * @param thread every letter of its thread
 */
export function mayBeRenewed(letter: Lived, thread: readonly Lived[]): boolean {
  if (!isFirstOrRenewed(letter) || !endedUnsent(letter)) return false;
  const others = thread.filter((one) => one.id !== letter.id && isFirstOrRenewed(one));
  return others.every((one) => gaveUpItsPlace(one) || (endedUnsent(one) && isOlder(one, letter)));
}

/** Which round a renewed letter opens: one more than those of its thread that ended unsent. */
export function roundOfRenewed(thread: readonly Lived[]): number {
  // Of renewed ones only those that were confirmed: whoever writes one twice has still written it once.
  const ended = thread.filter(
    (one) =>
      endedUnsent(one) && (one.kind === 'first' || (one.kind === 'renewed' && one.confirmedAt !== null)),
  );
  return 1 + Math.max(0, ...ended.map(({ round }) => round));
}

/** Whether another first or renewed letter of the thread was confirmed and goes, or went, in this one's place. */
export function isSuperseded(letter: Lived, thread: readonly Lived[]): boolean {
  if (!isFirstOrRenewed(letter)) return false;
  return thread.some(
    (one) =>
      one.id !== letter.id &&
      isFirstOrRenewed(one) &&
      one.confirmedAt !== null &&
      !endedUnsent(one) &&
      !gaveUpItsPlace(one),
  );
}

function isFirstOrRenewed({ kind }: Lived): boolean {
  return kind === 'first' || kind === 'renewed';
}

function endedUnsent({ state }: Lived): boolean {
  return state === 'returned' || state === 'expired';
}

function gaveUpItsPlace({ state }: Lived): boolean {
  return state === 'withdrawn' || state === 'failed';
}

function isOlder(one: Lived, other: Lived): boolean {
  return one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id);
}
