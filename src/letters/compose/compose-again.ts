import type { Campaign } from '../../campaign/campaign-types.ts';
import type { Day } from '../../shared/clock.ts';
import type { LetterContent } from '../letter-content.ts';
import type { Choices } from './choose-wording.ts';
import { type ComposedLetter, composeLetter } from './compose-letter.ts';
import { hashText } from './hash-text.ts';

export type ComposedAgain = {
  readonly letter: ComposedLetter;
  /** Ids of paragraphs that read differently than when the writer last saw the letter. */
  readonly changed: readonly string[];
  /** JSON. */
  readonly choices: string;
  /** Of the whole text. */
  readonly hash: string;
};

/** The letter of a box as it reads on another day: the same choices, but nothing that may no longer be said. */
export function composeAgain(
  campaign: Campaign,
  content: LetterContent,
  choices: string,
  day: Day,
): ComposedAgain {
  const letter = composeLetter(campaign, content.letterCase, {
    day,
    choices: JSON.parse(choices) as Choices,
  });
  const unseen = letter.paragraphs.filter(({ text }) => !content.text.includes(text)).map(({ id }) => id);
  return {
    letter,
    changed: [...new Set([...letter.changed, ...unseen])],
    choices: JSON.stringify(letter.choices),
    hash: hashText(letter.text),
  };
}
