import { addDays, type Day } from '../shared/clock.ts';
import {
  type AskId,
  askIds,
  type Campaign,
  type Fact,
  type Place,
  readerLanguages,
  type Statement,
  statementRoles,
  type Validity,
} from './campaign-types.ts';
import { laterIds } from './letter-kinds.ts';
import { daysTrue, fitsPlace, isSayable } from './may-be-said.ts';
import type { Faults } from './read-campaign-files.ts';

/** Letters are promised for every day from the first to the last of these. */
export const firstLetterDay: Day = '2018-01-01';
export const lastLetterDay: Day = '2040-01-01';

/** What only shows when the files are held against each other; each fault is noted with its file and id. */
export function checkCampaign(campaign: Campaign, faults: Faults): void {
  checkAsks(campaign, faults);
  checkFacts(campaign, faults);
  for (const place of campaign.places.values()) checkPlace(campaign, place, faults);
  checkTexts(campaign, faults);
}

function checkAsks(campaign: Campaign, faults: Faults): void {
  for (const id of askIds) {
    const entries = campaign.asks.filter((ask) => ask.id === id);
    if (entries.length !== 1) faults.add('campaign/asks.yaml', id, 'must stand there once');
    for (const language of languagesWritten(campaign)) {
      if (!entries[0]?.limitWords.has(language))
        faults.add('campaign/asks.yaml', id, `has no limit-words for ${language}`);
    }
  }
}

function languagesWritten(campaign: Campaign): Set<string> {
  return new Set([...campaign.places.values()].flatMap((place) => place.languages));
}

function checkFacts(campaign: Campaign, faults: Faults): void {
  const seen = new Set<string>();
  for (const fact of campaign.facts) {
    if (seen.has(fact.id)) faults.add('campaign/facts.yaml', fact.id, 'stands there twice');
    seen.add(fact.id);
    for (const language of languagesOfFact(campaign, fact)) {
      if (!campaign.letters.get(language)?.has(fact.paragraph)) {
        faults.add(`letters/${language}/facts.yaml`, fact.paragraph, 'has no text');
      }
    }
  }
}

function languagesOfFact(campaign: Campaign, fact: Fact): Set<string> {
  const places = [...campaign.places.values()].filter((place) => fitsPlace(fact, place.place));
  return new Set(places.flatMap((place) => place.languages));
}

function checkPlace(campaign: Campaign, place: Place, faults: Faults): void {
  const file = `campaign/places/${place.place.toLowerCase()}.yaml`;
  for (const language of place.languages) {
    if (!campaign.languages.get(language)?.letter)
      faults.add('campaign/languages.yaml', language, 'has no words for letters');
    for (const id of [...neededOpenings(place), 'close']) {
      if (!textsOf(campaign, place, language, id))
        faults.add(`letters/${language}/${place.place.toLowerCase()}.yaml`, id, 'has no text');
    }
  }
  for (const chamber of place.chambers)
    checkSource(campaign, chamber.statement.source, file, chamber.id, faults);
  for (const ask of askIds) checkPlaceAsk(campaign, place, ask, file, faults);
}

function checkPlaceAsk(campaign: Campaign, place: Place, ask: AskId, file: string, faults: Faults): void {
  const { status, paragraphs } = place.asks[ask];
  const openStatus = (day: Day) =>
    status.some((one) => one.from <= day && (one.until === null || day <= one.until));
  noteGap(status, openStatus, (day) => faults.add(file, ask, `has no status on ${day}`));
  for (const entry of status) checkSource(campaign, entry.source, file, `${ask} status`, faults);
  if (!hasLetters(place, ask)) return;
  for (const role of statementRoles) {
    const sayable = (day: Day) => paragraphs[role].some((one) => isSayable(one, day));
    noteGap(paragraphs[role], sayable, (day) =>
      faults.add(file, `${ask} ${role}`, `has nothing to say on ${day}`),
    );
    for (const one of paragraphs[role]) checkStatement(campaign, place, one, file, faults);
  }
  const facts = campaign.facts.filter((fact) => fact.asks.includes(ask) && fitsPlace(fact, place.place));
  const groups = (day: Day) =>
    new Set(facts.filter((fact) => isSayable(fact, day)).map((fact) => fact.group)).size;
  noteGap(
    facts,
    (day) => groups(day) >= 2,
    (day) =>
      faults.add(
        'campaign/facts.yaml',
        `${place.place} ${ask}`,
        `has fewer than two facts to tell on ${day}`,
      ),
  );
}

/** Whether there are letters on an ask to a place at all. */
export function hasLetters(place: Place, ask: AskId): boolean {
  return place.asks[ask].paragraphs.ask.length > 0;
}

function checkStatement(
  campaign: Campaign,
  place: Place,
  one: Statement,
  file: string,
  faults: Faults,
): void {
  checkSource(campaign, one.source, file, one.id, faults);
  if (one.tense === 'present' && one.recheck === null && one.rank !== 9) {
    faults.add(
      file,
      one.id,
      'is said in the present without a day of recheck, though it is no fallback (rank 9)',
    );
  }
  for (const language of place.languages) {
    if (!campaign.letters.get(language)?.has(one.id))
      faults.add(file, one.id, `has no text in letters/${language}`);
  }
}

function checkSource(campaign: Campaign, key: string, file: string, id: string, faults: Faults): void {
  if (!campaign.sources.has(key))
    faults.add(file, id, `names the source ${key}, which sources.yaml does not have`);
}

// What may be said changes only on the days where something begins, or on the day after it ends.
function noteGap(spans: readonly Validity[], holds: (day: Day) => boolean, note: (day: Day) => void): void {
  const turns = spans.flatMap(({ from, until, recheck }) => [from, ...[until, recheck].flatMap(daysAfter)]);
  const days = [firstLetterDay, ...turns, lastLetterDay].filter(
    (day) => day >= firstLetterDay && day <= lastLetterDay,
  );
  const gap = days.toSorted().find((day) => !holds(day));
  if (gap !== undefined) note(gap);
}

function daysAfter(end: Day | null): Day[] {
  return end === null ? [] : [addDays(end, 1 - daysTrue), addDays(end, 1)];
}

function neededOpenings(place: Place): string[] {
  const kinds = place.chambers.map((chamber) =>
    chamber.constituencyKind === 'region' ? 'region' : 'constituency',
  );
  return [...new Set([...kinds, 'place'] as const)].map((kind) => openingId(place.place, kind));
}

/** How the opening says where the writer lives: in a constituency, in a senator's region, or by town alone. */
export type OpeningKind = 'constituency' | 'region' | 'place';
const openingKinds: readonly OpeningKind[] = ['constituency', 'region', 'place'];

/** Id of a place's opening of a kind. */
export function openingId(place: string, kind: OpeningKind): string {
  return `${place.toLowerCase()}.opening.${kind}`;
}

function textsOf(campaign: Campaign, place: Place, language: string, id: string) {
  const texts = campaign.letters.get(language);
  return texts?.get(id) ?? texts?.get(id.slice(place.place.length + 1));
}

function checkTexts(campaign: Campaign, faults: Faults): void {
  const used = usedParagraphs(campaign);
  for (const [language, texts] of campaign.letters) {
    for (const id of without(texts.keys(), used)) {
      faults.add(`letters/${language}`, id, 'is text that nothing uses');
    }
  }
  const written = new Set([...campaign.letters.values()].flatMap((texts) => [...texts.keys()]));
  for (const reader of readerLanguages) {
    const read = new Set(campaign.readings[reader].keys());
    for (const id of without(written, read)) faults.add(`reading/${reader}`, id, 'has no reading text');
    for (const id of without(read, written)) {
      faults.add(`reading/${reader}`, id, 'is the reading of a paragraph that does not exist');
    }
  }
}

function without(ids: Iterable<string>, others: ReadonlySet<string>): string[] {
  return [...ids].filter((id) => !others.has(id));
}

function usedParagraphs(campaign: Campaign): Set<string> {
  const places = [...campaign.places.values()];
  const statements = [
    ...[...campaign.acted.values()].flat(),
    ...places.flatMap((place) => askIds.flatMap((ask) => statementsOf(place, ask))),
  ];
  return new Set([
    ...laterIds,
    ...['close', ...openingKinds.map((kind) => `opening.${kind}`)],
    ...places.flatMap((place) => openingKinds.map((kind) => openingId(place.place, kind))),
    ...campaign.facts.map((fact) => fact.paragraph),
    ...statements.map((statement) => statement.id),
  ]);
}

function statementsOf(place: Place, ask: AskId): Statement[] {
  return statementRoles.flatMap((role) => place.asks[ask].paragraphs[role]);
}
