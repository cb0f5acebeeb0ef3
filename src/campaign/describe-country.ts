import { languageNameIn } from '../rendering/languages.ts';
import type { Day } from '../shared/clock.ts';
import { countriesByName, countryName, isCountry } from '../shared/countries.ts';
import type { Ask, Campaign, Place, ReaderLanguage, Source } from './campaign-types.ts';
import { fillPhrasing } from './compile-phrasing.ts';
import { mayBeSaid } from './may-be-said.ts';
import { euMembers, type StatusOfAsk, statusOfAsk } from './status-of-ask.ts';
import { dayToReplyBy, writeDay } from './write-day.ts';

/** What someone who lives in a country can do here. */
export type CountryKind =
  | 'ready' // letters to its own parliament
  | 'european' // letters to the European Parliament
  | 'own-way' // no letters yet: how to write without us
  | 'not-offered' // a letter there can put the writer in danger
  | 'refused'; // Cambodia

/** Letters there can lead to being sent back to Cambodia; so also while they have no playbook. */
const notOffered: ReadonlySet<string> = new Set(['TH', 'MY']);

/** The kind of page for a code as it stands in an address, in capitals; null for no country of the list. */
export function kindOfCountry(campaign: Campaign, code: string): CountryKind | null {
  if (code === 'KH') return 'refused';
  if (campaign.places.has(code)) return 'ready';
  if (!isCountry(code)) return null;
  if (campaign.closed.has(code) || notOffered.has(code)) return 'not-offered';
  return campaign.places.has('EU') && euMembers.has(code) ? 'european' : 'own-way';
}

/** Territories whose people elect a member of another country's parliament. */
const representedIn: ReadonlyMap<string, string> = new Map(
  Object.entries({
    FR: 'BL GF GP MF MQ NC PF PM RE WF YT',
    US: 'AS GU MP PR VI',
    AU: 'CC CX NF',
  }).flatMap(([parliament, territories]) => territories.split(' ').map((code) => [code, parliament])),
);

/** The place to whose parliament the people of a territory elect members, where we have letters for it. */
export function parliamentOfTerritory(campaign: Campaign, code: string): Place | null {
  return campaign.places.get(representedIn.get(code) ?? '') ?? null;
}

/** Places that are not offered here, each with the reason. */
export function closedPlaces(campaign: Campaign, language: ReaderLanguage) {
  return [...campaign.closed.values()].flatMap(({ place, name, closed }) =>
    closed ? [{ code: place, name: name[language], reason: closed.reason }] : [],
  );
}

/** Member states whose people write to the European Parliament, having no letters to their own; by name. */
export function memberStatesWithoutLetters(campaign: Campaign, language: ReaderLanguage) {
  return countriesByName(language)
    .filter(({ code }) => euMembers.has(code) && !campaign.places.has(code))
    .map(({ code, name }) => ({ slug: code.toLowerCase(), name }));
}

export function nameOfCountry(campaign: Campaign, code: string, language: ReaderLanguage): string {
  return campaign.places.get(code)?.name[language] ?? countryName(code, language);
}

export type PlaceDescription = {
  /** "Member of Parliament", "Senator or Representative". */
  readonly members: string;
  /** Languages of the letters: "English or French". */
  readonly languages: string;
  readonly asks: readonly AskDescription[];
  /** The oldest day on which one of the statuses was checked. */
  readonly checked: Day | null;
  readonly sources: readonly Source[];
};

type AskDescription = {
  readonly ask: Ask;
  readonly status: StatusOfAsk;
  /** What the letter will request, as its reading text says it; null where it needs what we do not know yet. */
  readonly request: string | null;
};

/** Everything the page of a place shows that depends on the day and the reader's language. */
export function describePlace(
  campaign: Campaign,
  place: Place,
  language: ReaderLanguage,
  day: Day,
): PlaceDescription {
  const asks = campaign.asks.map((ask) => ({
    ask,
    status: statusOfAsk(place, ask.id, day),
    request: readRequest(campaign, place, ask, language, day),
  }));
  const keys = new Set(asks.flatMap(({ status }) => status.source ?? []));
  return {
    members: oneOf(new Set(place.chambers.map(({ member }) => member[language])), language),
    languages: oneOf(new Set(place.languages.map((letters) => languageNameIn(letters, language))), language),
    asks,
    checked: asks.flatMap(({ status }) => status.checked ?? []).sort()[0] ?? null,
    sources: [...keys].flatMap((key) => campaign.sources.get(key) ?? []),
  };
}

function readRequest(
  campaign: Campaign,
  place: Place,
  ask: Ask,
  language: ReaderLanguage,
  day: Day,
): string | null {
  const statement = mayBeSaid(campaign, { place, ask: ask.id, day }).statements.request[0];
  const reading = statement && campaign.readings[language].get(statement.id);
  const words = campaign.languages.get(language);
  if (!reading || !words || reading.fields.some((field) => field !== 'reply-by')) return null;
  const replyBy = writeDay(words, place.layout, dayToReplyBy(day));
  return fillPhrasing(reading, new Map([['reply-by', replyBy]]));
}

function oneOf(names: ReadonlySet<string>, language: ReaderLanguage): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
}

/** The places with letters, by region in the order of the home page, by name within it. */
export function placesByRegion(campaign: Campaign, language: ReaderLanguage) {
  const { compare } = new Intl.Collator(language);
  const places = [...campaign.places.values()].map((place) => ({
    region: place.region,
    slug: place.place.toLowerCase(),
    name: place.name[language],
  }));
  return regions
    .map((region) => ({
      region,
      places: places
        .filter((place) => place.region === region)
        .sort((one, other) => compare(one.name, other.name)),
    }))
    .filter((entry) => entry.places.length > 0);
}

const regions = ['pacific', 'north-america', 'europe', 'asia'] as const;
