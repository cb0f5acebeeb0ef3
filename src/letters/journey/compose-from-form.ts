import { type InReaderLanguages, isAskId } from '../../campaign/campaign-types.ts';
import { firstLetterDay } from '../../campaign/check-campaign.ts';
import { writeLocality } from '../../campaign/layouts.ts';
import { laterPlans } from '../../campaign/letter-kinds.ts';
import type { Language } from '../../rendering/languages.ts';
import { normalizePostcode } from '../../representatives/postcodes.ts';
import { dayOf, isDay } from '../../shared/clock.ts';
import type { FormError } from '../../web/forms.ts';
import type { Choices } from '../compose/choose-wording.ts';
import { type ComposedLetter, composeLetter } from '../compose/compose-letter.ts';
import { hashText } from '../compose/hash-text.ts';
import { type CaseResult, type LetterCase, settleLetterCase } from '../compose/letter-case.ts';
import { fingerprintOwnWords, marksOf } from '../compose/sameness.ts';
import {
  isComparable,
  measureSameness,
  readEarlierLetter,
  type Sameness,
} from '../compose/sameness-with-office.ts';
import { lettersWithMarks } from '../office-letters-store.ts';
import type { OfficeMemory } from '../office-memory.ts';
import { checkOwnWords, holdNothing, ownWordsSentence } from '../own-words/own-words.ts';
import { checkTyped, nothingToCheck } from './check-typed.ts';
import type { Recipient } from './choose-recipient.ts';
import { fixChoices, readFixedChoices } from './fix-choices.ts';
import { type Journey, kindOf, languagesOf, letterLanguageOf, needsOwnWords } from './journey.ts';
import { missingWords } from './journey-forms.ts';

export type Composition = {
  readonly letter: ComposedLetter;
  readonly letterCase: LetterCase;
  readonly recipient: Recipient;
  /** What the office has had before, where that was looked at. */
  readonly office: OfficeMemory | null;
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
  const checked = checkForm(journey, recipient, reader);
  if (checked.errors.length > 0) return { kind: 'faults', ...checked };
  const { parts, values } = journey;
  const turn = values.go === 'other-wording' ? String((Number(values.turn) || 0) + 1) : values.turn || '0';
  const letterCase = caseOf(journey, recipient, reader, turn);
  if (!letterCase.ok)
    return { kind: 'faults', errors: [{ field: 'name', message: 'web:form.invalid' }], ticks: [] };
  const before = values.go === 'other-wording' ? null : readFixedChoices(parts.formKey, values.fixed);
  // What the office has had matters where wordings are still to be chosen.
  const office = before ? null : await officeOf(journey, recipient);
  const letter = composeLetter(parts.campaign, letterCase.letterCase, {
    readingLanguage: reader,
    ...(before && { choices: JSON.parse(before.choices) as Choices }),
    ...(office && { used: office.used }),
  });
  return {
    kind: 'composed',
    composition: describe(journey, letter, letterCase.letterCase, { recipient, office, turn }),
  };
}

/** How alike the letter is to those its office has had: the latest, and any whose own words may be these. */
export async function samenessOf(
  journey: Journey,
  { letter, recipient, ...composition }: Composition,
): Promise<Sameness> {
  const { parts, country, values } = journey;
  const office = composition.office ?? (await officeOf(journey, recipient));
  if (!recipient.seatId || !office || !isComparable(office.letters)) return { number: null };
  const vault = await parts.vault.forCountry(parts.db, country);
  const own = fingerprintOwnWords(values.own, vault.derivedKey('own-words'));
  const older = office.full ? await lettersWithMarks(parts.db, recipient.seatId, marksOf(own)) : [];
  return measureSameness(letter, own, [...office.letters, ...older.map(readEarlierLetter)]);
}

function describe(
  { parts }: Journey,
  letter: ComposedLetter,
  letterCase: LetterCase,
  around: Pick<Composition, 'recipient' | 'office' | 'turn'>,
): Composition {
  const choices = JSON.stringify(letter.choices);
  const hash = hashText(letter.text);
  const key = parts.formKey;
  return {
    letter,
    letterCase,
    ...around,
    choices,
    hash,
    fixed: fixChoices(key, { choices, version: letter.choices.version, day: letter.date, hash }),
  };
}

const shortFields = ['name', 'street', 'postcode', 'town'] as const;

function checkForm(
  journey: Journey,
  recipient: Recipient,
  reader: Language,
): { errors: FormError[]; ticks: InReaderLanguages[] } {
  const { parts, values } = journey;
  const errors: FormError[] = [...journey.faults, ...missingWords(values, needsOwnWords(values))];
  const languages = languagesOf(journey, reader, recipient.constituency);
  const holdsNothing = nothingToCheck(journey, languages.letter, shortFields);
  if (!holdsNothing) errors.push(...checkTyped(journey, languages, shortFields));
  if (values.postcode !== '' && normalizePostcode(journey.country, values.postcode) === null)
    errors.push({ field: 'postcode', message: 'letters:words.postcode-wrong' });
  errors.push(...checkFirst(journey, languages.letter));
  if (values.own === '') return { errors, ticks: [] };
  const own = checkOwnWords(parts.campaign, languages.letter, values.own, { holdsNothing });
  const stopped = [...new Set(own.faults.map((fault) => fault.rule))];
  const sentence = stopped.map((rule) => ownWordsSentence(parts.campaign, rule, reader)).join(' ');
  if (stopped.length > 0)
    errors.push({ field: 'own', message: 'letters:words.stopped', values: { sentence } });
  const rules = [...new Set(own.warnings.map((warning) => warning.rule))];
  const ticks = rules.flatMap((rule) => parts.campaign.ownWords.sentences.get(rule) ?? []);
  if (ticks.length > 0 && values.tick !== 'yes')
    errors.push({ field: 'tick', message: 'letters:words.tick-missing' });
  return { errors, ticks };
}

const longestSubject = 120;

// What the own page fills in travels in the form, and could be anything by the time it comes back.
function checkFirst({ parts, place, values }: Journey, language: string): FormError[] {
  if (!laterPlans[kindOf(values)]) return [];
  const { firstDate, firstSubject } = values;
  const today = dayOf(parts.clock.now(), place.timeZone);
  const fine =
    isDay(firstDate) &&
    firstLetterDay <= firstDate &&
    firstDate <= today &&
    firstSubject.length <= longestSubject;
  if (fine && holdNothing(parts.campaign, language, [firstSubject])) return [];
  return [{ field: 'own', message: 'letters:later.wrong' }];
}

function caseOf(
  { parts, place, country, values }: Journey,
  recipient: Recipient,
  reader: Language,
  turn: string,
): CaseResult {
  if (!isAskId(values.ask)) return { ok: false, faults: [] };
  const locality = writeLocality(place.layout, values.postcode, values.town);
  const identity = values.identity === '2' ? 2 : 1;
  const now = parts.clock.now();
  return settleLetterCase(
    parts.campaign,
    {
      country,
      place: place.place,
      ask: values.ask,
      language: letterLanguageOf({ place, country, values }, reader, recipient.constituency),
      date: dayOf(now, place.timeZone),
      seed: [values.name, values.postcode, recipient.name, values.ask, turn].join('|').slice(0, 100),
      writer: {
        name: values.name,
        address: identity === 1 ? [values.street, locality] : [locality],
        postcode: values.postcode,
        town: values.town,
        link: null,
        identity,
      },
      representative: {
        name: recipient.name,
        surname: recipient.surname,
        role: null,
        gender: recipient.gender,
        chamber: recipient.chamber,
        constituency: recipient.constituency,
        address: recipient.address === null ? null : [...recipient.address],
      },
      ownWords: values.own,
      kind: kindOf(values),
      first: laterPlans[kindOf(values)] ? { date: values.firstDate, subject: values.firstSubject } : null,
    },
    now,
  );
}

async function officeOf({ parts }: Journey, { seatId }: Recipient): Promise<OfficeMemory | null> {
  return seatId === null ? null : await parts.rememberOffice(seatId);
}
