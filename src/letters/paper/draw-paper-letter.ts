import type { AskId, Campaign, Place } from '../../campaign/campaign-types.ts';
import type { Typesetter } from '../../rendering/typeset.ts';
import { newId } from '../../shared/ids.ts';
import { type ComposedLetter, composeLetter } from '../compose/compose-letter.ts';
import { readLetterCase } from '../compose/letter-case.ts';
import { drawLetter } from '../journey/make-document.ts';

export type PaperChoice = { readonly ask: AskId; readonly language: string; readonly chamber: string };

/**
 * A letter to print and to finish by hand, for an event: ruled space for one's own words, lines for name, address and
 * representative. Each is worded anew. Null where the place has no such letters.
 * @param now ms since epoch; the letter bears that day
 */
export function drawPaperLetter(
  { campaign, typesetter }: { readonly campaign: Campaign; readonly typesetter: Typesetter },
  place: Place,
  country: string,
  { ask, language, chamber }: PaperChoice,
  now: number,
): Buffer | null {
  const open = { country, place: place.place, ask, language, seed: newId(now), writer: {} };
  const result = readLetterCase(campaign, { ...open, representative: { chamber } }, now, true);
  if (!result.ok) return null;
  return drawTemplate(typesetter, campaign, composeLetter(campaign, result.letterCase, { template: true }));
}

/** A letter composed as a template, with lines to write on wherever something is to be filled in. */
export function drawTemplate(typesetter: Typesetter, campaign: Campaign, letter: ComposedLetter): Buffer {
  return drawLetter(typesetter, withBlanks(campaign, letter), { ownWordsByHand: true });
}

function withBlanks(campaign: Campaign, letter: ComposedLetter): ComposedLetter {
  const gaps = Object.values(campaign.languages.get(letter.language)?.letter?.gaps ?? {});
  const blank = (text: string) => gaps.reduce((done, gap) => done.replaceAll(gap, '_'.repeat(24)), text);
  return {
    ...letter,
    recipient: letter.recipient.map(blank),
    salutation: blank(letter.salutation),
    blocks: letter.blocks.map(blank),
    closing: blank(letter.closing),
    signature: '_'.repeat(24),
    // Beside the line what belongs on it.
    sender: letter.sender.map((line) =>
      gaps.some((gap) => line.includes(gap)) ? `${'_'.repeat(24)} ${line}` : line,
    ),
  };
}
