import type { z } from 'zod';
import { UsageError } from '../shared/errors.ts';
import { buildLanguages } from './build-languages.ts';
import { buildPlace } from './build-place.ts';
import {
  asksSchema,
  factsSchema,
  forbiddenSchema,
  languagesSchema,
  ownWordsSchema,
  placeSchema,
  sourcesSchema,
  warningsSchema,
} from './campaign-schema.ts';
import type {
  Ask,
  Campaign,
  Fact,
  ForbiddenClaim,
  OwnWordsRules,
  Place,
  Source,
  Warning,
} from './campaign-types.ts';
import { checkCampaign } from './check-campaign.ts';
import { withDerived } from './derive-languages.ts';
import { buildActed, buildLetterTexts, buildReadings } from './load-texts.ts';
import {
  type CampaignFile,
  collectFaults,
  type Faults,
  filesOfPlaces,
  parseFile,
  readCampaignFiles,
  versionOf,
} from './read-campaign-files.ts';

export type CampaignChoice = {
  /** Codes of the places to read; what belongs to others alone is left aside. */
  readonly only?: readonly string[] | undefined;
  /** Codes of places that are offered here though their playbook waits to be switched on. */
  readonly offered?: readonly string[] | 'all' | undefined;
};

/**
 * Reads and checks all content of the campaign: asks, facts, playbooks, phrasings and reading texts.
 * @param templates the folder that holds `campaign/`, `letters/` and `reading/`
 * @throws UsageError with a line for every fault, naming file and id.
 */
export function loadCampaign(templates: string, { only, offered = [] }: CampaignChoice = {}): Campaign {
  const all = readCampaignFiles(templates);
  const files = only ? filesOfPlaces(all, only) : all;
  const faults = collectFaults();
  const campaign = buildCampaign(files, faults);
  if (campaign) checkCampaign(campaign, faults);
  if (!campaign || faults.lines.length > 0) throw new UsageError(faults.lines.join('\n'));
  return closePlaces(campaign, offered);
}

function closePlaces(campaign: Campaign, offered: readonly string[] | 'all'): Campaign {
  const isSwitchable = (place: Place | undefined) => place?.closed?.until === 'switched-on';
  const wrong = offered === 'all' ? [] : offered.filter((code) => !isSwitchable(campaign.places.get(code)));
  if (wrong.length > 0) throw new UsageError(`${wrong.join(', ')} cannot be switched on`);
  const isOpen = (place: Place) =>
    !place.closed || (isSwitchable(place) && (offered === 'all' || offered.includes(place.place)));
  const places = [...campaign.places];
  return {
    ...campaign,
    places: new Map(places.filter(([, place]) => isOpen(place))),
    closed: new Map(places.filter(([, place]) => !isOpen(place))),
  };
}

function buildCampaign(files: readonly CampaignFile[], faults: Faults): Campaign | null {
  const read = <T>(path: string, schema: z.ZodType<T>) => readOne(files, path, schema, faults);
  const asks = read('campaign/asks.yaml', asksSchema);
  const facts = read('campaign/facts.yaml', factsSchema);
  const sources = read('campaign/sources.yaml', sourcesSchema);
  const warnings = read('campaign/warnings.yaml', warningsSchema);
  const languages = read('campaign/languages.yaml', languagesSchema);
  const forbidden = read('campaign/forbidden.yaml', forbiddenSchema);
  const ownWords = read('campaign/own-words.yaml', ownWordsSchema);
  if (!asks || !facts || !sources || !warnings || !languages || !forbidden || !ownWords) return null;
  const builtFacts = facts.map(buildFact);
  const letters = buildLetterTexts(files, builtFacts, languages, faults);
  return {
    version: versionOf(files),
    asks: asks.map((ask) => buildAsk(ask, languages)).toSorted((a, b) => a.order - b.order),
    facts: builtFacts,
    places: buildPlaces(files, faults),
    closed: new Map(),
    sources: buildSources(sources, builtFacts),
    warnings: warnings.map(buildWarning),
    languages: buildLanguages(languages, faults),
    letters,
    readings: buildReadings(files, builtFacts, faults),
    acted: buildActed(letters),
    forbidden: forbidden.map((claim) => buildForbidden(claim, languages)),
    ownWords: buildOwnWords(ownWords, languages),
  };
}

function readOne<T>(
  files: readonly CampaignFile[],
  path: string,
  schema: z.ZodType<T>,
  faults: Faults,
): T | null {
  const file = files.find((one) => one.path === path);
  if (file) return parseFile(file, schema, faults);
  faults.add(path, '', 'is missing');
  return null;
}

function buildPlaces(files: readonly CampaignFile[], faults: Faults): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const file of files.filter((one) => one.path.startsWith('campaign/places/'))) {
    const entry = parseFile(file, placeSchema, faults);
    if (!entry) continue;
    if (file.path !== `campaign/places/${entry.place.toLowerCase()}.yaml`) {
      faults.add(file.path, entry.place, 'stands in a file of another name');
    }
    places.set(entry.place, buildPlace(file.path, entry, faults));
  }
  return places;
}

function buildSources(entries: z.infer<typeof sourcesSchema>, facts: readonly Fact[]): Map<string, Source> {
  const listed = Array.isArray(entries)
    ? entries
    : Object.entries(entries).map(([key, source]) => ({ ...source, key }));
  return new Map(
    [...facts.map((fact) => fact.source), ...listed.map(buildSource)].map((source) => [source.key, source]),
  );
}

type SourceEntry = z.infer<typeof factsSchema>[number]['source'];

function buildSource(entry: SourceEntry): Source {
  return { ...entry, date: entry.date ?? null, url: entry.url ?? null };
}

function buildFact(entry: z.infer<typeof factsSchema>[number]): Fact {
  const { 'not-places': notPlaces = [], day = null, source, ...rest } = entry;
  return { ...rest, day, notPlaces, paragraph: `fact.${entry.id}`, source: buildSource(source) };
}

type Languages = z.infer<typeof languagesSchema>;

function buildAsk(entry: z.infer<typeof asksSchema>[number], languages: Languages): Ask {
  const { 'limit-words': limitWords, ...rest } = entry;
  return { ...rest, limitWords: new Map(Object.entries(withDerived(limitWords, languages))) };
}

function buildWarning(entry: z.infer<typeof warningsSchema>[number]): Warning {
  return { id: entry.id, step: entry.step, text: entry.text, places: entry.places ?? null };
}

function buildForbidden(
  entry: z.infer<typeof forbiddenSchema>[number],
  languages: Languages,
): ForbiddenClaim {
  const known = Object.fromEntries(entry.languages.map((language) => [language, true]));
  return {
    ...entry,
    languages: Object.keys(withDerived(known, languages)),
    asks: entry.asks ?? null,
    places: entry.places ?? null,
    from: entry.from ?? null,
    until: entry.until ?? null,
    unless: entry.unless ?? [],
  };
}

function buildOwnWords(entry: z.infer<typeof ownWordsSchema>, languages: Languages): OwnWordsRules {
  return {
    sentences: new Map(Object.entries(entry.sentences)),
    lists: new Map(Object.entries(withDerived(entry.languages, languages))),
    everywhere: entry.everywhere,
  };
}
