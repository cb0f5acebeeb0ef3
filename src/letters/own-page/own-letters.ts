import type { Campaign } from '../../campaign/campaign-types.ts';
import type { Db } from '../../database/connect.ts';
import { inSnapshot } from '../../database/transaction.ts';
import { eventsOfThreads } from '../../outreach/outreach-store.ts';
import type { Typesetter } from '../../rendering/typeset.ts';
import type { Actor } from '../../shared/actor.ts';
import { type Clock, dayOf } from '../../shared/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import { composeAgain } from '../compose/compose-again.ts';
import { canDraw, drawLetter } from '../journey/make-document.ts';
import { openContent } from '../letter-content.ts';
import { mayMove } from '../letter-states.ts';
import { type Letter, letterById, lettersOfSupporter } from '../letter-store.ts';
import { nextLetters } from './next-letters.ts';

type Parts = {
  readonly db: Db;
  readonly vault: Vault;
  readonly campaign: Campaign;
  readonly typesetter: Typesetter;
  readonly clock: Clock;
};
type Writer = Actor & { kind: 'supporter' };

/** A writer's letters with everything that happened, newest first, as their own page shows them. */
export async function ownLetters(parts: Parts, writer: Writer) {
  const { letters, events } = await inSnapshot(parts.db, async (tx) => {
    const found = await lettersOfSupporter(tx, writer, writer.supporterId);
    return {
      letters: found,
      events: await eventsOfThreads(
        tx,
        writer,
        found.map((letter) => letter.threadId),
      ),
    };
  });
  const vault = await parts.vault.forCountry(parts.db, writer.country);
  return letters.map((letter) => {
    const content = openContent(vault, letter);
    const place = parts.campaign.places.get(letter.place);
    const zone = place?.timeZone ?? 'UTC';
    const own = events.filter((event) => event.threadId === letter.threadId);
    return {
      id: letter.id,
      state: letter.state,
      ask: letter.ask,
      kind: letter.kind,
      next: nextLetters(parts.campaign, letter, content, {
        thread: letters.filter(({ threadId }) => threadId === letter.threadId),
        answered: own.some((event) => event.kind === 'answered'),
        today: dayOf(parts.clock.now(), zone),
      }),
      placeName: place?.name ?? { en: letter.place, fr: letter.place, km: letter.place },
      to: content?.letterCase.representative.name ?? '',
      text: content?.text ?? '',
      /** In characters, as a web form counts them. */
      length: [...(content?.text ?? '')].length,
      language: letter.language,
      canDraw: canDraw(parts.typesetter, letter),
      formAddress: content?.destination.form ?? null,
      ready: letter.state === 'ready-for-you' && content !== null,
      example: letter.letterDay,
      mayWithdraw: mayMove(letter.state, 'withdrawn'),
      mayTellAnswer: canBeAnswered(letter) && !own.some((event) => event.kind === 'answered'),
      events: own.map(({ kind, at }) => ({ kind, at, zone })),
    };
  });
}

function canBeAnswered(letter: Letter): boolean {
  return letter.state === 'submitted' || letter.state === 'sent-by-you' || letter.state === 'uncertain';
}

/** A letter of the writer as PDF, with the day it was confirmed; null once its text has been forgotten. */
export async function drawOwnLetter(parts: Parts, writer: Writer, letterId: string): Promise<Buffer | null> {
  const letter = await inSnapshot(parts.db, (tx) => letterById(tx, writer, letterId));
  if (!letter) return null;
  const content = openContent(await parts.vault.forCountry(parts.db, writer.country), letter);
  if (!content || !canDraw(parts.typesetter, letter)) return null;
  return drawLetter(
    parts.typesetter,
    composeAgain(parts.campaign, content, letter.choices, letter.letterDay).letter,
  );
}
