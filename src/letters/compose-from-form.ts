import { createHash } from 'node:crypto';
import type { InReaderLanguages } from '../campaign/campaign-types.ts';
import type { Language } from '../rendering/languages.ts';
import { dayOf } from '../shared/clock.ts';
import { type FormError, readForm } from '../web/forms.ts';
import type { Recipient } from './choose-recipient.ts';
import type { Choices } from './choose-wording.ts';
import { type ComposedLetter, composeLetter } from './compose-letter.ts';
import { fixChoices, readFixedChoices } from './fix-choices.ts';
import { type Journey, letterLanguageOf } from './journey.ts';
import { streetForm, wordsForm } from './journey-forms.ts';
import { type LetterCase, readLetterCase } from './letter-case.ts';
import { earlierLettersOfOffice } from './letter-store.ts';
import { checkOwnWords, ownWordsSentence } from './own-words.ts';
import { putsPostcodeFirst } from './read-locality.ts';
import { countUses, type EarlierLetter, measureSameness, type Sameness } from './sameness-with-office.ts';

export type Composition = {
  readonly letter: ComposedLetter & { readonly body: string };
  readonly letterCase: LetterCase;
  readonly recipient: Recipient;
  readonly sameness: Sameness;
  /** JSON of the choices. */
  readonly choices: string;
  readonly hash: string;
  /** The choices, signed, for the form. */
  readonly fixed: string;
  /** Which of the possible letters this is, counted by "another wording". */
  readonly turn: string;
};

export type ComposeResult =
  | { readonly kind: 'composed'; readonly composition: Composition }
  | {
      readonly kind: 'faults';
      readonly errors: readonly FormError[];
      readonly ticks: readonly InReaderLanguages[];
    };

/** Checks what was typed and composes the letter: the fixed one where the form carries its choices, else a new one. */
export async function composeFromForm(
  journey: Journey,
  recipient: Recipient,
  reader: Language,
): Promise<ComposeResult> {
  const checked = checkForm(journey, reader);
  if (checked.errors.length > 0) return { kind: 'faults', ...checked };
  const { parts, values } = journey;
  const turn = values.go === 'other-wording' ? String((Number(values.turn) || 0) + 1) : values.turn || '0';
  const letterCase = caseOf(journey, recipient, reader, turn);
  if (!letterCase.ok)
    return { kind: 'faults', errors: [{ field: 'name', message: 'web:form.invalid' }], ticks: [] };
  const earlier = await earlierLetters(journey, recipient);
  const vault = await parts.vault.forCountry(parts.db, journey.country);
  const before = values.go === 'other-wording' ? null : readFixedChoices(parts.formKey, values.fixed);
  const letter = composeLetter(parts.campaign, letterCase.letterCase, {
    used: countUses(earlier),
    ...(before && { choices: JSON.parse(before.choices) as Choices }),
  });
  return {
    kind: 'composed',
    composition: describe(
      journey,
      letter,
      letterCase.letterCase,
      recipient,
      turn,
      measureSameness(letter, values.own, earlier, vault.derivedKey('own-words')),
    ),
  };
}

function describe(
  { parts }: Journey,
  letter: ComposedLetter,
  letterCase: LetterCase,
  recipient: Recipient,
  turn: string,
  sameness: Sameness,
): Composition {
  const choices = JSON.stringify(letter.choices);
  const hash = hashText(letter.text);
  const key = parts.formKey;
  return {
    letter: { ...letter, body: bodyOf(letter) },
    letterCase,
    recipient,
    sameness,
    choices,
    hash,
    fixed: fixChoices(key, { choices, version: letter.choices.version, day: letter.date, hash }),
    turn,
  };
}

/** What two letters are compared by: every byte of the whole text counts. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Salutation to signature, for a mail program or a web form that has its own fields for the rest. */
function bodyOf(letter: ComposedLetter): string {
  const blocks = new Map<number, string>();
  for (const { block, text } of letter.paragraphs)
    blocks.set(block, [blocks.get(block), text].filter(Boolean).join(' '));
  return [letter.salutation, ...blocks.values(), letter.closing, letter.sender.join('\n')].join('\n\n');
}

function checkForm(journey: Journey, reader: Language): { errors: FormError[]; ticks: InReaderLanguages[] } {
  const { parts, values } = journey;
  const form = readForm(wordsForm, values);
  const errors: FormError[] = [...journey.faults, ...(form.ok ? [] : form.errors)];
  if (values.identity === '1') {
    const street = readForm(streetForm, values);
    if (!street.ok) errors.push(...street.errors);
  }
  if (values.own === '') return { errors, ticks: [] };
  const own = checkOwnWords(parts.campaign, letterLanguageOf(journey, reader), values.own);
  const sentence = (rule: (typeof own.faults)[number]['rule']) =>
    ownWordsSentence(parts.campaign, rule, reader);
  const [first] = own.faults;
  if (first)
    errors.push({
      field: 'own',
      message: 'letters:words.stopped',
      values: { sentence: sentence(first.rule) },
    });
  const rules = [...new Set(own.warnings.map((warning) => warning.rule))];
  const ticks = rules.flatMap((rule) => parts.campaign.ownWords.sentences.get(rule) ?? []);
  if (ticks.length > 0 && values.tick !== 'yes')
    errors.push({ field: 'tick', message: 'letters:words.tick-missing' });
  return { errors, ticks };
}

function caseOf(
  { parts, place, country, values }: Journey,
  recipient: Recipient,
  reader: Language,
  turn: string,
) {
  const locality = putsPostcodeFirst(place.layout)
    ? `${values.postcode} ${values.town}`
    : `${values.town} ${values.postcode}`;
  const identity = values.identity === '2' ? 2 : 1;
  const now = parts.clock.now();
  return readLetterCase(
    parts.campaign,
    {
      country,
      place: place.place,
      ask: values.ask,
      language: letterLanguageOf({ place, values }, reader),
      date: dayOf(now, place.timeZone),
      seed: [values.name, values.postcode, recipient.name, values.ask, turn].join('|').slice(0, 100),
      writer: {
        name: values.name,
        address: identity === 1 ? [values.street, locality] : [locality],
        postcode: values.postcode,
        town: values.town,
        identity,
      },
      representative: {
        name: recipient.name,
        surname: recipient.surname,
        gender: recipient.gender,
        chamber: recipient.chamber,
        constituency: recipient.constituency,
        address: recipient.address,
      },
      ownWords: values.own,
    },
    now,
  );
}

async function earlierLetters({ parts }: Journey, { seatId }: Recipient): Promise<readonly EarlierLetter[]> {
  if (seatId === null) return [];
  return await earlierLettersOfOffice(parts.db, seatId, 200);
}
