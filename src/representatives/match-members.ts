import { foldForSearch } from '../shared/text.ts';
import type { HeldSeat, Person, Seat } from './directory.ts';
import type { ListedMember, Refusal } from './formats/format.ts';

/** The directory as it stands for the chambers of a list. */
export type Directory = {
  readonly seats: readonly HeldSeat[];
  /** People who held one of the seats before and hold none now, latest first. */
  readonly former: readonly { readonly person: Person; readonly areaKey: string }[];
  /** People of the country whom the list's ids name, wherever they sit or sat. */
  readonly named: readonly Person[];
  /** `scheme\nvalue` → id of the person. */
  readonly ids: ReadonlyMap<string, string>;
};

/** A seat that is not in the directory yet: a seat without its id. */
type NewSeat = Omit<Seat, 'id'>;

export type Match = {
  readonly member: ListedMember;
  readonly person: Person | null;
  /** The stored seat, with who holds it now. */
  readonly held: HeldSeat | null;
  readonly seat: Seat | NewSeat;
  /** Whether the person holds this very seat already. */
  readonly stays: boolean;
};

export type Matches = {
  readonly matches: readonly Match[];
  /** Seats whose holders the list does not name there any more. */
  readonly left: readonly HeldSeat[];
  readonly refused: readonly Refusal[];
  readonly warnings: readonly string[];
};

/**
 * Finds for each member the person and the seat they are in the directory: the person by an id, else by name in
 * the area, else by name in the chamber; the seat they hold, else the one that came free, else a new one. Pure.
 */
export function matchMembers(
  members: readonly ListedMember[],
  refused: readonly Refusal[],
  directory: Directory,
): Matches {
  const people = findPeople(members, directory);
  const seated = seatAll(members, people, directory);
  const staying = new Set(seated.matches.filter((match) => match.stays).map((match) => match.held?.seat.id));
  const gone = directory.seats.filter(({ seat, person }) => person && !staying.has(seat.id));
  const unread = foldForSearch(refused.map((refusal) => refusal.words ?? '').join(' | '));
  const taken = new Set(seated.matches.map((match) => match.held?.seat.id));
  const kept = gone.filter(({ seat, person }) => !taken.has(seat.id) && isNamedIn(unread, person));
  const keptSeats = new Set(kept);
  return {
    matches: seated.matches,
    left: gone.filter((held) => !keptSeats.has(held)),
    refused: seated.refused,
    warnings: kept.map(
      ({ person }) => `${person?.fullName} was kept as before: the row that names them was refused.`,
    ),
  };
}

function isNamedIn(text: string, person: Person | null): boolean {
  return text !== '' && person !== null && text.includes(foldForSearch(person.fullName));
}

// Each stored person is found once, so that two members of one name stay two.
function findPeople(members: readonly ListedMember[], directory: Directory): Map<ListedMember, Person> {
  const byId = new Map(directory.named.map((person) => [person.id, person]));
  const found = new Map<ListedMember, Person>();
  const used = new Set<string>();
  const take = (member: ListedMember, person: Person | undefined) => {
    if (!person || used.has(person.id)) return;
    used.add(person.id);
    found.set(member, person);
  };
  for (const member of members) {
    const id = member.ids.map(({ scheme, value }) => directory.ids.get(`${scheme}\n${value}`)).find(Boolean);
    if (id) take(member, byId.get(id));
  }
  const named = createNameFinder(directory);
  for (const member of members) {
    if (!found.has(member))
      take(
        member,
        named(member).find((person) => !used.has(person.id)),
      );
  }
  return found;
}

function createNameFinder(directory: Directory): (member: ListedMember) => Person[] {
  const schemes = schemesOf(directory);
  const holders = directory.seats.flatMap(({ seat, person }) =>
    person ? [{ person, areaKey: seat.areaKey, chamber: seat.chamber, former: false }] : [],
  );
  const former = directory.former.map((entry) => ({ ...entry, chamber: '', former: true }));
  const byName = Map.groupBy([...holders, ...former], ({ person }) => foldForSearch(person.fullName));
  return (member) => {
    const sameName = byName.get(foldForSearch(member.fullName)) ?? [];
    // An id of the same kind and another value is another person of the same name.
    const possible = sameName.filter(
      ({ person }) => !member.ids.some(({ scheme }) => schemes.get(person.id)?.has(scheme)),
    );
    const inArea = possible.filter(({ areaKey }) => areaKey === member.area.key);
    const inChamber = possible.filter((entry) => !entry.former && entry.chamber === member.chamber.id);
    return [...inArea, ...(inChamber.length === 1 ? inChamber : [])].map(({ person }) => person);
  };
}

function schemesOf(directory: Directory): Map<string, Set<string>> {
  const schemes = new Map<string, Set<string>>();
  for (const [id, personId] of directory.ids) {
    const known = schemes.get(personId) ?? new Set<string>();
    schemes.set(personId, known.add(id.slice(0, id.indexOf('\n'))));
  }
  return schemes;
}

type Seated = { readonly matches: Match[]; readonly refused: Refusal[] };

function seatAll(
  members: readonly ListedMember[],
  people: Map<ListedMember, Person>,
  directory: Directory,
): Seated {
  const areaOf = (chamber: string, key: string) => `${chamber}\n${key}`;
  const stored = Map.groupBy(directory.seats, ({ seat }) => areaOf(seat.chamber, seat.areaKey));
  const seated: Seated = { matches: [], refused: [] };
  for (const [area, inArea] of Map.groupBy(members, (member) => areaOf(member.chamber.id, member.area.key))) {
    seatArea(inArea, stored.get(area) ?? [], people, seated);
  }
  return seated;
}

function seatArea(
  members: readonly ListedMember[],
  stored: readonly HeldSeat[],
  people: Map<ListedMember, Person>,
  seated: Seated,
): void {
  const taken = new Map<number, ListedMember>();
  const others: ListedMember[] = [];
  for (const member of members) {
    const own = stored.find(({ person }) => person && person.id === people.get(member)?.id);
    const ordinal = member.ordinal ?? own?.seat.ordinal;
    if (ordinal === undefined) others.push(member);
    else if (!taken.has(ordinal)) taken.set(ordinal, member);
    else
      seated.refused.push({
        line: member.line,
        reason: `${member.area.name} has this seat twice in the list.`,
      });
  }
  for (const member of others) taken.set(freeOrdinal(stored, taken), member);
  for (const [ordinal, member] of taken) {
    const held = stored.find(({ seat }) => seat.ordinal === ordinal) ?? null;
    const person = people.get(member) ?? null;
    const stays = person !== null && held?.person?.id === person.id;
    seated.matches.push({ member, person, held, seat: describeSeat(member, ordinal, held), stays });
  }
}

// The seat that came free, else the next number.
function freeOrdinal(stored: readonly HeldSeat[], taken: ReadonlyMap<number, ListedMember>): number {
  const free = stored.map(({ seat }) => seat.ordinal).filter((ordinal) => !taken.has(ordinal));
  if (free.length > 0) return Math.min(...free);
  let next = 1;
  while (taken.has(next)) next++;
  return next;
}

function describeSeat(member: ListedMember, ordinal: number, held: HeldSeat | null): Seat | NewSeat {
  const { area, chamber } = member;
  const seat = {
    chamber: chamber.id,
    kind: area.kind,
    areaKey: area.key,
    areaName: area.name,
    regionKey: area.regionKey ?? held?.seat.regionKey ?? null,
    regionName: area.regionName ?? held?.seat.regionName ?? null,
    ordinal,
  };
  return held ? { id: held.seat.id, ...seat } : seat;
}
