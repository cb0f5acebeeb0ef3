import { createHash } from 'node:crypto';
import type { AskId, Campaign, Chamber, Gender, Place } from '../../campaign/campaign-types.ts';
import { firstLetterDay, hasLetters, lastLetterDay } from '../../campaign/check-campaign.ts';
import { type Layout, writeLocality } from '../../campaign/layouts.ts';
import { hasKind, type LetterKind, laterPlans } from '../../campaign/letter-kinds.ts';
import { usualLanguage } from '../../campaign/letter-language.ts';
import { placeForCountry } from '../../campaign/status-of-ask.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { foldForSearch } from '../../shared/text.ts';
import { caseSchema, type ParsedCase } from './case-fields.ts';
import { type Locality, readLocality } from './read-locality.ts';
import { surnameOf } from './surname-of.ts';

/** How much of the writer a letter shows: 1 name and address, 2 name, postcode and town, 3 no name. */
export type Identity = 1 | 2 | 3;

/** Everything a letter is made of, settled: what was left out has its default. */
export type LetterCase = {
  /** Where the writer lives, and what the playbook is for. */
  readonly country: string;
  readonly place: string;
  readonly ask: AskId;
  readonly language: string;
  readonly date: Day;
  readonly seed: string | number;
  readonly writer: {
    readonly name: string;
    readonly address: readonly string[];
    readonly postcode: string;
    readonly town: string;
    /** The address line with postcode and town, as that country writes it. */
    readonly locality: string;
    /** A sentence of the writer about their tie to the place; printed after the opening. */
    readonly link: string | null;
    readonly identity: Identity;
  };
  readonly representative: {
    readonly name: string;
    readonly surname: string;
    readonly role: string | null;
    readonly gender: Gender;
    readonly chamber: string;
    readonly constituency: string | null;
    /** Another postal address than the chamber's, without the name. */
    readonly address: readonly string[] | null;
  };
  readonly ownWords: string;
  readonly kind: LetterKind;
  /** The letter that a later one comes after. */
  readonly first: { readonly date: Day; readonly subject: string } | null;
};

/** What is wrong with a case: the field, as a path, and a sentence. */
export type CaseFault = { readonly path: string; readonly message: string };
export type CaseResult =
  | { readonly ok: true; readonly letterCase: LetterCase }
  | { readonly ok: false; readonly faults: readonly CaseFault[] };

/**
 * Reads a case as JSON or a form has it and fills in what follows from the campaign: place, language, day in
 * the place's time zone, seed, chamber, surname, postcode and town.
 * @param now ms since epoch; gives the day where none is stated
 * @param template true: writer and representative may be left open, for a letter on paper
 */
export function readLetterCase(
  campaign: Campaign,
  input: unknown,
  now: number,
  template = false,
): CaseResult {
  const parsed = caseSchema.safeParse(input);
  if (!parsed.success) {
    return {
      ok: false,
      faults: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    };
  }
  return settleLetterCase(campaign, parsed.data, now, template);
}

/** As `readLetterCase`, for a form that has read its fields itself. */
export function settleLetterCase(
  campaign: Campaign,
  parsed: ParsedCase,
  now: number,
  template = false,
): CaseResult {
  const place = findPlace(campaign, parsed);
  if ('message' in place) return { ok: false, faults: [place] };
  return settle(campaign, parsed, place, { now, template });
}

function findPlace(campaign: Campaign, parsed: ParsedCase): Place | CaseFault {
  if (parsed.country === 'KH') {
    return { path: 'country', message: 'No letters are written from inside Cambodia: it would not be safe' };
  }
  const place = parsed.place ? campaign.places.get(parsed.place) : placeForCountry(campaign, parsed.country);
  if (place) return place;
  const closed = campaign.closed.get(parsed.place ?? parsed.country)?.closed;
  if (closed) return { path: parsed.place ? 'place' : 'country', message: closed.reason.en };
  const known = [...campaign.places.keys()].join(', ');
  return parsed.place
    ? { path: 'place', message: `There is no playbook for ${parsed.place}; there are ${known}` }
    : { path: 'country', message: `There is no playbook for ${parsed.country} yet; there are ${known}` };
}

function settle(
  campaign: Campaign,
  parsed: ParsedCase,
  place: Place,
  { now, template }: { readonly now: number; readonly template: boolean },
): CaseResult {
  const faults: CaseFault[] = [];
  const note = (path: string, message: string) => faults.push({ path, message });
  const { country, ask, ownWords } = parsed;
  const language = settleLanguage(parsed, place, note);
  if (!hasLetters(place, ask)) note('ask', `This is not asked of ${place.name.en}`);
  const date = parsed.date ?? dayOf(now, place.timeZone);
  if (date < firstLetterDay || date > lastLetterDay) {
    note('date', `Letters are dated from ${firstLetterDay} to ${lastLetterDay}`);
  }
  noteKind(campaign, parsed, { language, date, template }, note);
  const chamber = findChamber(place, parsed.representative.chamber ?? parsed.representative.role);
  if (!chamber)
    note('representative.chamber', `must be one of ${place.chambers.map(({ id }) => id).join(', ')}`);
  const writer = settleWriter(parsed, place.layout, template, note);
  if (!parsed.representative.name && !template) note('representative.name', 'Name the representative');
  if (faults.length > 0 || !chamber || !writer) return { ok: false, faults };
  const representative = settleRepresentative(parsed.representative, chamber);
  const seed = parsed.seed ?? seedOf(country, ask, writer, representative);
  return {
    ok: true,
    letterCase: {
      ...{ country, place: place.place, ask, language, date, seed, writer, representative, ownWords },
      kind: parsed.kind,
      first: parsed.first ?? null,
    },
  };
}

type Note = (path: string, message: string) => void;

function settleLanguage(parsed: ParsedCase, place: Place, note: Note): string {
  const { country, representative } = parsed;
  const { constituency } = representative;
  const language = parsed.language ?? usualLanguage(place, { country, constituency });
  if (!place.languages.includes(language)) {
    note('language', `Letters to ${place.name.en} are written in ${place.languages.join(' or ')}`);
  }
  return language;
}

function noteKind(
  campaign: Campaign,
  { kind, first }: ParsedCase,
  letter: { readonly language: string; readonly date: Day; readonly template: boolean },
  note: Note,
): void {
  if (!hasKind(campaign.letters.get(letter.language), kind))
    note('kind', `There are no letters of this kind in ${letter.language} yet`);
  if (!laterPlans[kind] || letter.template) return;
  if (!first) note('first', 'Give the date and the subject of the first letter');
  else if (first.date > letter.date) note('first.date', 'The first letter has a later date than this one');
}

// By id, or by what the place calls the chamber or its members in any language; the only one where unnamed.
function findChamber(place: Place, named: string | null): Chamber | null {
  const only = place.chambers.length === 1 ? (place.chambers[0] ?? null) : null;
  if (!named) return only ?? place.chambers[0] ?? null;
  const byId = place.chambers.find((chamber) => chamber.id === named);
  if (byId) return byId;
  const wanted = foldForSearch(named);
  const known = (chamber: Chamber) =>
    [
      chamber.id,
      ...Object.values(chamber.name),
      ...Object.values(chamber.member).flatMap((name) => name.split(/[,/]/)),
    ].map(foldForSearch);
  return place.chambers.find((chamber) => known(chamber).includes(wanted)) ?? only;
}

function settleWriter(
  parsed: ParsedCase,
  layout: Layout,
  template: boolean,
  note: Note,
): LetterCase['writer'] | null {
  const { name, address, identity, link } = parsed.writer;
  const locality = settleLocality(parsed, layout, template);
  if (!locality)
    note(
      'writer.address',
      'Give a postcode and a town, in the last line of the address: offices answer those whom they represent',
    );
  if (!name && identity !== 3 && !template) note('writer.name', 'Give the name that stands under the letter');
  const street = address.some((line) => line !== '' && line !== locality?.line);
  if (identity === 1 && !street && !template) {
    note('writer.address', 'Give the street too, or choose identity level 2 (name, postcode and town)');
  }
  if (!locality) return null;
  const { postcode, town, line } = locality;
  return {
    name: name ?? '',
    address: address.filter((one) => one !== ''),
    postcode,
    town,
    locality: line,
    link,
    identity,
  };
}

function settleLocality({ country, writer }: ParsedCase, layout: Layout, template: boolean): Locality | null {
  const alone = lineAlone(writer);
  if (alone) return alone;
  const read = readLocality(writer.address, country);
  const postcode = writer.postcode ?? read?.postcode ?? '';
  const town = writer.town ?? read?.town ?? '';
  if (template && !postcode && !town) return { postcode, town, line: '' };
  if (!postcode || !town) return null;
  const written = writer.address.findLast((line) => line.includes(postcode) && line.includes(town));
  const line = read && read.postcode === postcode && read.town === town ? read.line : written;
  return { postcode, town, line: line ?? writeLocality(layout, postcode, town) };
}

// Postcode and town as they were given, in a line of their own.
function lineAlone({ postcode, town, address }: ParsedCase['writer']): Locality | null {
  if (!postcode || !town) return null;
  const line = address.find((one) => one === `${town} ${postcode}` || one === `${postcode} ${town}`);
  return line ? { postcode, town, line } : null;
}

function settleRepresentative(
  parsed: ParsedCase['representative'],
  chamber: Chamber,
): LetterCase['representative'] {
  const { name, role, gender, constituency } = parsed;
  const address = parsed.address && parsed.address.length > 0 ? parsed.address : null;
  return {
    name: name ?? '',
    surname: parsed.surname ?? surnameOf(name ?? ''),
    role,
    gender,
    chamber: chamber.id,
    constituency,
    address,
  };
}

// The same writer to the same representative on the same ask gets the same letter again.
function seedOf(
  country: string,
  ask: AskId,
  writer: LetterCase['writer'],
  representative: LetterCase['representative'],
): string {
  const { name, postcode, town } = writer;
  const parts = [country, ask, name, postcode, town, representative.name, representative.constituency ?? ''];
  return createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 16);
}
