import { z } from 'zod';
import { askIds } from '../../campaign/campaign-types.ts';
import { cleanLine, cleanLines } from '../../shared/text.ts';
import { line, oneOf, type TextField, textsForm, ticked } from '../../web/forms.ts';

/**
 * Every field of the journey. A page shows some of them and carries the others along, hidden: nothing is
 * kept here until the writer chooses to send with the campaign.
 */
const journeyFields = {
  ask: text(40),
  // A later letter of a thread: which, and what it comes after.
  kind: text(10),
  firstDate: text(10),
  firstSubject: text(200),
  q: text(100),
  seat: text(40),
  representative: text(120),
  chamber: text(40),
  constituency: text(120),
  gender: text(10),
  letterLanguage: text(10),
  own: manyLines(12_000),
  ownKhmer: manyLines(12_000),
  tick: text(3),
  name: text(120),
  street: text(160),
  postcode: text(20),
  town: text(80),
  identity: text(1),
  fixed: text(8_000),
  turn: text(4),
  how: text(10),
  email: text(254),
  keep: text(3),
  go: text(20),
};

export type JourneyField = keyof typeof journeyFields;
export type JourneyValues = Readonly<Record<JourneyField, string>>;

export const journeyFieldNames = Object.keys(journeyFields) as JourneyField[];

/** Any body of the journey: known fields only, each cleaned and of bounded length; what is absent is ''. */
export const journeyForm = textsForm(journeyFields);

export const askForm = z.object({ ask: oneOf(askIds, 'letters:ask.missing') });

export const wordsForm = z.object({
  own: z.string().min(1, 'letters:words.missing'),
  name: line('letters:words.name-missing', 120),
  postcode: line('letters:words.postcode-missing', 20),
  town: line('letters:words.town-missing', 80),
  identity: oneOf(['1', '2'], 'letters:words.identity-missing'),
});

/** A reminder or thanks may be without own words. */
export const laterWordsForm = wordsForm.extend({ own: z.string() });

export const streetForm = z.object({ street: line('letters:words.street-missing', 160) });

export const typedForm = (chambers: readonly string[]) =>
  z.object({
    representative: line('letters:find.name-missing', 120),
    chamber: z.string().refine((id) => chambers.includes(id), 'letters:find.chamber-missing'),
  });

export const howForm = z.object({ how: oneOf(['self', 'with'], 'letters:send.missing') });

export const withUsForm = z.object({
  email: line('letters:with.email-missing', 254),
  keep: ticked('letters:with.keep-missing'),
});

export const letterIdForm = z.strictObject({ letter: z.string().regex(/^[0-9a-z]{26}$/) });
export const sentForm = z.strictObject({
  letter: z.string().regex(/^[0-9a-z]{26}$/),
  day: z.string().max(20),
});
/** `letter`: what the page showed; a link followed in another tab meanwhile must not act on another letter. */
export const confirmForm = z.strictObject({
  shown: z.string().max(100),
  letter: z.string().regex(/^[0-9a-z]{26}$/),
});
export const eraseForm = z.strictObject({ erase: ticked('letters:mine.erase-missing') });

function text(max: number): TextField {
  return { max, clean: cleanLine };
}

function manyLines(max: number): TextField {
  return { max, clean: cleanLines };
}
