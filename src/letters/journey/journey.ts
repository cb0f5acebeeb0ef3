import type { Campaign, Place } from '../../campaign/campaign-types.ts';
import { nameOfCountry } from '../../campaign/describe-country.ts';
import { type LetterKind, laterPlans, letterKinds } from '../../campaign/letter-kinds.ts';
import { usualLanguage } from '../../campaign/letter-language.ts';
import type { Db } from '../../database/connect.ts';
import type { Views } from '../../rendering/create-views.ts';
import type { Language } from '../../rendering/languages.ts';
import type { Typesetter } from '../../rendering/typeset.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Form } from '../../web/forms.ts';
import type { RememberOffice } from '../office-memory.ts';
import type { CountMade } from './count-made.ts';
import {
  type JourneyField,
  type JourneyValues,
  journeyFieldNames,
  readJourneyFields,
} from './journey-forms.ts';

export type JourneyParts = {
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly campaign: Campaign;
  readonly views: Views;
  readonly typesetter: Typesetter;
  readonly formKey: Buffer;
  readonly hurry: () => void;
  readonly countMade: CountMade;
  readonly rememberOffice: RememberOffice;
};

/** A request on the way to a letter: what the person typed so far, and where. */
export type Journey = {
  readonly parts: JourneyParts;
  readonly place: Place;
  /** Where the writer lives; the place itself, or a member state of the European Union. */
  readonly country: string;
  /** Another place that people of the country can write to. */
  readonly elsewhere: Place | null;
  readonly values: JourneyValues;
  /** Faults of length found while reading; the step that shows the field shows them. */
  readonly faults: Form['errors'];
};

const nothing = Object.fromEntries(journeyFieldNames.map((name) => [name, ''])) as JourneyValues;

/**
 * @param places that people of the country can write to, the usual one first
 * @returns null for a body with fields that no page of ours has.
 */
export function readJourney(
  parts: JourneyParts,
  country: string,
  places: readonly [Place, ...Place[]],
  body: unknown,
): Journey | null {
  const form = readJourneyFields(body);
  if (!form.ok && form.errors.some((error) => error.field === '')) return null;
  const typed = form.ok ? form.value : { ...nothing, ...form.values };
  const place = places.find((one) => one.place === typed.to) ?? places[0];
  const elsewhere = places.find((one) => one !== place) ?? null;
  const journey = { parts, country, faults: form.ok ? [] : form.errors };
  if (typed.go !== 'elsewhere' || !elsewhere) return { ...journey, place, elsewhere, values: typed };
  const values = { ...typed, ...unlessElsewhere, to: elsewhere.place };
  return { ...journey, place: elsewhere, elsewhere: place, values };
}

/** What belongs to the place that was left for another. */
const unlessElsewhere = {
  ...{ q: '', seat: '', representative: '', chamber: '', constituency: '', gender: '' },
  ...{ letterLanguage: '', fixed: '', turn: '' },
};

/** Everything typed so far that the page itself does not show, for hidden fields. */
export function carried(journey: Journey, shown: readonly JourneyField[]): { name: string; value: string }[] {
  return journeyFieldNames
    .filter((name) => !shown.includes(name) && name !== 'go' && journey.values[name] !== '')
    .map((name) => ({ name, value: journey.values[name] }));
}

const stepNames = ['ask', 'representative', 'words', 'read', 'send'] as const;
export type StepName = (typeof stepNames)[number];

const stepPaths: Readonly<Record<StepName, string>> = {
  ask: '',
  representative: '/representative',
  words: '/words',
  read: '/preview',
  send: '/send',
};

/** What every page of the journey shows: where we are, and the path its forms lead to. */
export function journeyFrame(journey: Journey, language: Language, current: StepName) {
  const { parts, place, values } = journey;
  const country = `/${journey.country.toLowerCase()}`;
  const write = `${country}/write`;
  const at = stepNames.indexOf(current);
  const say = (key: string) => parts.views.say(language, key);
  return {
    place,
    write,
    country,
    countryName: nameOfCountry(parts.campaign, journey.country, language),
    switchBy: 'form' as const,
    switchPath: `${write}${stepPaths[current]}`,
    steps: stepNames.map((name, index) => ({
      label: say(`letters:steps.${name}`),
      done: index < at,
      current: index === at,
      note: index < at ? noteOf(name, values, say) : '',
      action: index < at ? `/${language}${write}${stepPaths[name]}` : '',
    })),
  };
}

function noteOf(name: StepName, values: JourneyValues, say: (key: string) => string): string {
  if (name === 'ask' && values.ask) return say(`letters:asks.${values.ask}`);
  if (name === 'representative') return values.representative;
  return '';
}

/** The form of a page: what was typed, and what is to be put right. */
export function formOf(journey: Journey, errors: Form['errors'] = []): Form {
  // Left empty is not the same as chosen: a page may have a choice made beforehand.
  const typed = Object.entries(journey.values).filter(([, value]) => value !== '');
  return { values: Object.fromEntries(typed), errors };
}

/** The language of the letter: as chosen, else as is usual for the writer and the representative. */
export function letterLanguageOf(
  { place, country, values }: Pick<Journey, 'place' | 'country' | 'values'>,
  reads: string,
  constituency: string | null = values.constituency || null,
): string {
  const wanted = values.letterLanguage;
  return place.languages.includes(wanted) ? wanted : usualLanguage(place, { country, constituency, reads });
}

/** The writer's own language and that of the letter to a recipient. */
export function languagesOf(
  journey: Pick<Journey, 'place' | 'country' | 'values'>,
  reader: Language,
  constituency: string | null,
): { readonly reader: Language; readonly letter: string } {
  return { reader, letter: letterLanguageOf(journey, reader, constituency) };
}

/** Which letter of its thread is being written. */
export function kindOf({ kind }: Pick<JourneyValues, 'kind'>): LetterKind {
  return letterKinds.find((one) => one === kind) ?? 'first';
}

export function needsOwnWords(values: Pick<JourneyValues, 'kind'>): boolean {
  return laterPlans[kindOf(values)]?.needsOwnWords ?? true;
}
