import type { Tx } from '../database/connect.ts';
import { forgetLinks } from '../links/link-store.ts';
import { appendEvents } from '../outreach/append-events.ts';
import type { Actor } from '../shared/actor.ts';
import { Failure } from '../shared/errors.ts';
import { addLetterCounts } from './letter-counts-store.ts';
import { lettersOfSupporter } from './letter-store.ts';
import { deleteThreads } from './thread-store.ts';

/**
 * Forgets every letter of a supporter. What stays counts the letters without pointing at anyone:
 * events of an office on a day, with no thread.
 * @throws Failure 'conflict' while one of them is being sent; that lasts 15 minutes at most.
 */
export async function forgetLetters(tx: Tx, actor: Actor, supporterId: string, at: number): Promise<void> {
  const letters = await lettersOfSupporter(tx, actor, supporterId);
  if (letters.some((letter) => letter.state === 'sending'))
    throw new Failure('conflict', 'a letter is being sent');
  await forgetLinks(
    tx,
    letters.map((letter) => letter.id),
  );
  await appendEvents(
    tx,
    actor,
    letters.map(({ country, seatId, ask, state }) => ({
      threadId: null,
      letterId: null,
      country,
      seatId,
      ask,
      kind: 'letter-erased',
      fromState: state,
      toState: 'erased',
      at,
    })),
  );
  await addLetterCounts(
    tx,
    letters.flatMap(({ country, seatId, ask, state }) => [
      { country, seatId, ask, state, n: -1 },
      { country, seatId, ask, state: 'erased', n: 1 },
    ]),
  );
  await deleteThreads(tx, supporterId);
}
