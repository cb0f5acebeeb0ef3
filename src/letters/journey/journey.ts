import type { Campaign, Place } from '../../campaign/campaign-types.ts';
import type { Db } from '../../database/connect.ts';
import type { Views } from '../../rendering/create-views.ts';
import type { Language } from '../../rendering/languages.ts';
import type { Typesetter } from '../../rendering/typeset.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Form } from '../../web/forms.ts';
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
};

/** A request on the way to a letter: what the person typed so far, and where. */
export type Journey = {
  readonly parts: JourneyParts;
  readonly place: Place;
  /** Where the writer lives; for now always the place itself. */
  readonly country: string;
  readonly values: JourneyValues;
  /** Faults of length found while reading; the step that shows the field shows them. */
  readonly faults: Form['errors'];
};

const nothing = Object.fromEntries(journeyFieldNames.map((name) => [name, ''])) as JourneyValues;

/** @returns null for a body with fields that no page of ours has. */
export function readJourney(parts: JourneyParts, place: Place, body: unknown): Journey | null {
  const form = readJourneyFields(body);
  const journey = { parts, place, country: place.place };
  if (form.ok) return { ...journey, values: form.value, faults: [] };
  if (form.errors.some((error) => error.field === '')) return null;
  return { ...journey, values: { ...nothing, ...form.values }, faults: form.errors };
}

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
  const write = `/${place.place.toLowerCase()}/write`;
  const at = stepNames.indexOf(current);
  const say = (key: string) => parts.views.say(language, key);
  return {
    place,
    write,
    country: `/${place.place.toLowerCase()}`,
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

/** The language of the letter: as chosen, else the reader's where the place has it, else the place's first. */
export function letterLanguageOf(
  { place, values }: Pick<Journey, 'place' | 'values'>,
  reader: string,
): string {
  const wanted = values.letterLanguage || reader;
  return place.languages.includes(wanted) ? wanted : (place.languages[0] ?? 'en');
}
