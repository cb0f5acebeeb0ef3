import type { Db } from '../database/connect.ts';
import type { Day } from '../shared/clock.ts';
import { foldForSearch } from '../shared/text.ts';
import type { HeldSeat } from './directory.ts';
import {
  hasSeats,
  seatIdsByAreaWords,
  seatIdsByNameWords,
  seatIdsOfAreas,
  seatIdsOfRegions,
} from './find-store.ts';
import { areasOfPostcode, currentPostcodes } from './postcode-store.ts';
import { lookupCodes, normalizePostcode } from './postcodes.ts';
import { type Representative, toRepresentative } from './representative.ts';
import { heldSeatsById } from './representative-store.ts';
import { searchWords } from './search-words.ts';

export type FindRequest = {
  readonly country: string;
  /** Only members of these chambers; of all where left out. */
  readonly chambers?: readonly string[];
  /** What the text is; 'any' tries it as a postcode, then as a constituency and a name. */
  readonly by: 'postcode' | 'constituency' | 'name' | 'any';
  readonly text: string;
  /** Only people serving on this day are found. */
  readonly day: Day;
  readonly limit?: number;
};

/** Members of one chamber, those that fit best first. */
type FoundGroup = {
  readonly chamber: string;
  /** The day of the latest list they come from. */
  readonly asOf: Day;
  readonly representatives: readonly Representative[];
};

type Found = {
  readonly kind: 'found';
  /** Chambers with members for one constituency first, then those with members for a region. */
  readonly groups: readonly FoundGroup[];
  /** Constituencies that were found and have no member now. */
  readonly withoutMember: readonly string[];
  /** The postcode lies in several constituencies: the person chooses. */
  readonly several: boolean;
  /** The postcode table names one constituency where there may be several. */
  readonly suggestion: boolean;
  /** There are more than are shown. */
  readonly more: boolean;
};

export type FindResult =
  | Found
  /** Nobody fits; `withoutMember` names constituencies that do, and have no member in the directory. */
  | { readonly kind: 'nothing-found'; readonly withoutMember: readonly string[] }
  /** The directory has no postcode table of the country: only constituency and name can be searched. */
  | { readonly kind: 'no-postcodes' }
  /** The directory has nobody of this country. */
  | { readonly kind: 'nothing-imported' };

const mostShown = 60;
const mostLookedAt = 250;

/**
 * Finds people's own representatives: by postcode all seats it lies in, by constituency or name those with a word
 * that begins so; accents, case and punctuation aside. Senators of the region come along.
 */
export async function findRepresentatives(db: Db, request: FindRequest): Promise<FindResult> {
  if (!(await hasSeats(db, request.country, request.chambers))) return { kind: 'nothing-imported' };
  if (request.by === 'postcode') return await findByPostcode(db, request);
  if (request.by === 'any' && /\d|[\u17e0-\u17e9]/.test(request.text)) {
    const found = await findByPostcode(db, request);
    const known =
      found.kind === 'found' || (found.kind === 'nothing-found' && found.withoutMember.length > 0);
    if (known) return found;
  }
  return await findByWords(db, request);
}

async function findByPostcode(db: Db, request: FindRequest): Promise<FindResult> {
  const { country } = request;
  const table = await currentPostcodes(db, country);
  if (!table) return { kind: 'no-postcodes' };
  const code = normalizePostcode(country, request.text);
  const areas = code ? await areasOfPostcode(db, table.importId, lookupCodes(country, code)) : [];
  const keys = areas.map((area) => area.areaKey);
  const own = await heldSeatsById(db, await seatIdsOfAreas(db, country, keys));
  const seats = [...own, ...(await seatsOfTheirRegions(db, country, own, areas))];
  const known = new Set(own.map(({ seat }) => seat.areaKey));
  const unknown = areas.filter((area) => !known.has(area.areaKey)).map((area) => area.areaName);
  return describe(seats, request, { unknown, suggestion: table.lossy, several: areas.length > 1 });
}

// A vacant constituency has senators all the same: the table may know its state.
async function seatsOfTheirRegions(
  db: Db,
  country: string,
  own: readonly HeldSeat[],
  areas: readonly { readonly regionKey: string | null }[] = [],
): Promise<HeldSeat[]> {
  const local = own.filter(({ seat }) => seat.kind === 'constituency').map(({ seat }) => seat);
  const regions = new Set([...local, ...areas].flatMap(({ regionKey }) => regionKey ?? []));
  const known = new Set(own.map(({ seat }) => seat.id));
  const ids = await seatIdsOfRegions(db, country, [...regions]);
  return await heldSeatsById(
    db,
    ids.filter((id) => !known.has(id)),
  );
}

async function findByWords(db: Db, request: FindRequest): Promise<FindResult> {
  const words = searchWords(request.text)
    .slice(0, 6)
    .sort((a, b) => b.length - a.length);
  if (words.length === 0) return { kind: 'nothing-found', withoutMember: [] };
  const areas =
    request.by === 'name' ? [] : await seatIdsByAreaWords(db, request.country, words, mostLookedAt);
  const names =
    request.by === 'constituency' ? [] : await seatIdsByNameWords(db, request.country, words, mostLookedAt);
  const seats = await heldSeatsById(db, [...new Set([...areas, ...names])]);
  const inAreas = new Set(areas);
  const local = seats.filter(({ seat }) => inAreas.has(seat.id));
  const regional = isNarrow(local) ? await seatsOfTheirRegions(db, request.country, local) : [];
  const known = new Set(seats.map(({ seat }) => seat.id));
  const all = [...seats, ...regional.filter(({ seat }) => !known.has(seat.id))];
  return describe(all, request, { unknown: [], suggestion: false, several: false });
}

// Senators come along with a constituency or a state, not with every state in which some place bears the name.
function isNarrow(seats: readonly HeldSeat[]): boolean {
  return new Set(seats.map(({ seat }) => seat.regionKey)).size <= 2;
}

type AboutAreas = {
  readonly unknown: readonly string[];
  readonly suggestion: boolean;
  readonly several: boolean;
};

function describe(found: readonly HeldSeat[], request: FindRequest, about: AboutAreas): FindResult {
  const { chambers } = request;
  const seats = chambers ? found.filter(({ seat }) => chambers.includes(seat.chamber)) : found;
  const serving = seats.filter((held) => servesOn(held, request.day));
  const vacant = seats.filter((held) => !servesOn(held, request.day)).map(({ seat }) => seat.areaName);
  const withoutMember = [...new Set([...about.unknown, ...vacant])];
  if (serving.length === 0) return { kind: 'nothing-found', withoutMember };
  const ranked = [...serving].sort(comparing(request.text));
  const shown = ranked.slice(0, request.limit ?? mostShown);
  return {
    kind: 'found',
    groups: group(shown),
    withoutMember,
    several: about.several,
    suggestion: about.suggestion,
    more: shown.length < ranked.length,
  };
}

function servesOn({ person, term }: HeldSeat, day: Day): boolean {
  return person !== null && term !== null && (term.end === null || term.end >= day);
}

function group(seats: readonly HeldSeat[]): FoundGroup[] {
  const representatives = seats.map(toRepresentative).filter((one) => one !== null);
  const chambers = [...Map.groupBy(representatives, (one) => one.chamber)];
  const isRegional = (members: readonly Representative[]) =>
    Number(members.every((one) => one.kind === 'region'));
  return chambers
    .sort(([, a], [, b]) => isRegional(a) - isRegional(b))
    .map(([chamber, members]) => ({
      chamber,
      asOf: members.reduce((latest, one) => (one.asOf > latest ? one.asOf : latest), ''),
      representatives: members,
    }));
}

// Whole words before beginnings of words, members for one constituency first, then by area and name.
function comparing(text: string): (a: HeldSeat, b: HeldSeat) => number {
  const wanted = foldForSearch(text);
  const words = searchWords(text);
  const scores = new Map<HeldSeat, number>();
  const score = (held: HeldSeat) => {
    const known = scores.get(held) ?? fitness(held, wanted, words);
    scores.set(held, known);
    return known;
  };
  return (a, b) =>
    Number(a.seat.kind === 'region') - Number(b.seat.kind === 'region') ||
    score(b) - score(a) ||
    a.seat.areaName.localeCompare(b.seat.areaName, 'en', { numeric: true }) ||
    a.seat.ordinal - b.seat.ordinal;
}

function fitness({ seat, person }: HeldSeat, wanted: string, words: readonly string[]): number {
  const whole = [seat.areaName, seat.areaKey, person?.fullName ?? ''].some(
    (name) => foldForSearch(name) === wanted,
  );
  const own = new Set(searchWords(seat.areaName, seat.areaKey, seat.regionName, person?.fullName ?? null));
  return (whole ? 100 : 0) + words.filter((word) => own.has(word)).length;
}
