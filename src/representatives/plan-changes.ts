import type { Day } from '../shared/clock.ts';
import type { ChangedSeat, HeldSeat, Person, Seat, StoredChannel, StoredOffice, Term } from './directory.ts';
import type { DirectoryChanges } from './directory-store.ts';
import type { ChannelKind, ListedMember } from './formats/format.ts';
import type { Directory, Match, Matches } from './match-members.ts';
import type { PersonId } from './representative-store.ts';
import { searchWords } from './search-words.ts';

export type Plan = {
  readonly changes: DirectoryChanges;
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retired: number;
  readonly changedSeats: readonly ChangedSeat[];
};

type Mutable<T> = { -readonly [key in keyof T]: T[key] extends readonly (infer Item)[] ? Item[] : T[key] };
type Writing = {
  readonly changes: Mutable<DirectoryChanges>;
  readonly changedSeats: ChangedSeat[];
  readonly ids: ReadonlyMap<string, string>;
  readonly listed: ReadonlySet<ChannelKind>;
  readonly asOf: Day;
  readonly now: number;
  readonly newId: () => string;
};

/** Works out what an import writes, and counts it: the same for a dry run. Pure but for the ids it gives. */
export function planChanges(
  found: Matches,
  directory: Directory,
  at: { readonly asOf: Day; readonly now: number; readonly newId: () => string },
): Plan {
  const channels = found.matches.flatMap((match) =>
    match.member.offices.flatMap((office) => office.channels),
  );
  const listed = new Set(channels.map((channel) => channel.kind));
  const writing: Writing = { changes: noChanges(), changedSeats: [], ids: directory.ids, listed, ...at };
  const outcomes = found.matches.map((match) => planMember(match, writing));
  const stillServing = new Set(found.matches.map((match) => match.person?.id));
  const retired = found.left.filter((held) => !stillServing.has(held.person?.id));
  const succeeded = new Set(found.matches.map((match) => match.held?.seat.id));
  for (const held of found.left) endTerm(held, succeeded.has(held.seat.id), writing);
  return {
    changes: writing.changes,
    imported: outcomes.filter((outcome) => outcome === 'imported').length,
    updated: outcomes.filter((outcome) => outcome === 'updated').length,
    unchanged: outcomes.filter((outcome) => outcome === 'unchanged').length,
    retired: retired.length,
    changedSeats: writing.changedSeats,
  };
}

function noChanges(): Mutable<DirectoryChanges> {
  return {
    newPeople: [],
    changedPeople: [],
    newIds: [],
    newSeats: [],
    changedSeats: [],
    endedTerms: [],
    newTerms: [],
    changedTerms: [],
    confirmedTerms: [],
    offices: [],
    personWords: [],
    seatWords: [],
  };
}

function planMember(match: Match, writing: Writing): 'imported' | 'updated' | 'unchanged' {
  const { person, changed: personChanged } = planPerson(match, writing);
  const { seat, changed: seatChanged } = planSeat(match, writing);
  const termChanged = planTerm(match, person, seat, writing);
  if (match.person === null) return 'imported';
  return personChanged || seatChanged || termChanged ? 'updated' : 'unchanged';
}

function planPerson(match: Match, writing: Writing): { person: Person; changed: boolean } {
  const { changes, ids } = writing;
  const person = describePerson(match.member, match.person, writing.newId);
  const added: PersonId[] = match.member.ids
    .filter(({ scheme, value }) => !ids.has(`${scheme}\n${value}`))
    .map((id) => ({ ...id, personId: person.id }));
  changes.newIds.push(...added);
  const differs = match.person !== null && JSON.stringify(person) !== JSON.stringify(match.person);
  if (match.person === null) changes.newPeople.push(person);
  if (differs) changes.changedPeople.push(person);
  if (match.person === null || differs) {
    changes.personWords.push({
      personId: person.id,
      words: searchWords(person.fullName, person.givenName, person.familyName),
    });
  }
  return { person, changed: differs || added.length > 0 };
}

// What a list does not say stays as it was known.
function describePerson(member: ListedMember, stored: Person | null, newId: () => string): Person {
  return {
    id: stored?.id ?? newId(),
    fullName: member.fullName,
    givenName: member.givenName ?? stored?.givenName ?? null,
    familyName: member.familyName ?? stored?.familyName ?? null,
    honorific: member.honorific ?? stored?.honorific ?? null,
    gender: member.gender === 'unknown' ? (stored?.gender ?? 'unknown') : member.gender,
    website: member.website ?? stored?.website ?? null,
  };
}

function planSeat(match: Match, writing: Writing): { seat: Seat; changed: boolean } {
  const { changes } = writing;
  const seat = 'id' in match.seat ? match.seat : { id: writing.newId(), ...match.seat };
  const words = searchWords(seat.areaName, seat.areaKey, seat.regionName, seat.regionKey);
  if (match.held === null) {
    changes.newSeats.push(seat);
    changes.seatWords.push({ seatId: seat.id, words });
    return { seat, changed: false };
  }
  const differs = JSON.stringify(seat) !== JSON.stringify(match.held.seat);
  if (differs) {
    changes.changedSeats.push(seat);
    changes.seatWords.push({ seatId: seat.id, words });
  }
  return { seat, changed: differs };
}

function planTerm(match: Match, person: Person, seat: Seat, writing: Writing): boolean {
  const { changes, asOf } = writing;
  const stored = match.stays ? match.held : null;
  const term: Term = {
    id: stored?.term?.id ?? writing.newId(),
    seatId: seat.id,
    personId: person.id,
    party: match.member.party ?? stored?.term?.party ?? null,
    start: match.member.start ?? stored?.term?.start ?? null,
    end: match.member.end,
    asOf,
  };
  const before = stored?.offices ?? [];
  const after = describeOffices(match.member, before, writing);
  const officesDiffer = JSON.stringify(after) !== JSON.stringify(before);
  if (officesDiffer) changes.offices.push({ termId: term.id, offices: after });
  if (!stored?.term) {
    changes.newTerms.push(term);
    writing.changedSeats.push({ seatId: seat.id, from: match.held?.person?.id ?? null, to: person.id });
    return true;
  }
  changes.confirmedTerms.push(term.id);
  const termDiffers = JSON.stringify({ ...term, asOf: stored.term.asOf }) !== JSON.stringify(stored.term);
  if (termDiffers) changes.changedTerms.push(term);
  return termDiffers || officesDiffer;
}

/**
 * The offices as the list has them. A channel that stays keeps its state; a kind that the whole list does not
 * speak of stays as it was; an office that wished for no letters is not written to at a new address either.
 */
function describeOffices(
  member: ListedMember,
  before: readonly StoredOffice[],
  writing: Writing,
): StoredOffice[] {
  const known = before.flatMap((office) => office.channels);
  const describe = (listed: { kind: ChannelKind; value: string }): StoredChannel => {
    const same = known.find(
      ({ kind, value }) => kind === listed.kind && value.toLowerCase() === listed.value.toLowerCase(),
    );
    const optedOut = known.find(({ kind, state }) => kind === listed.kind && state === 'opted-out');
    const { state, stateSince, maxCharacters } = same ??
      optedOut ?? { state: 'fine' as const, stateSince: writing.now, maxCharacters: null };
    return { kind: listed.kind, value: listed.value, maxCharacters, state, stateSince };
  };
  const listed = member.offices.map((office) => ({ ...office, channels: office.channels.map(describe) }));
  const kept = before
    .map((office) => ({
      ...office,
      channels: office.channels.filter(({ kind }) => !writing.listed.has(kind)),
    }))
    .filter((office) => office.channels.length > 0);
  return [...listed, ...kept];
}

function endTerm(held: HeldSeat, succeeded: boolean, writing: Writing): void {
  if (!held.term) return;
  writing.changes.endedTerms.push({ id: held.term.id, retiredOn: writing.asOf });
  if (!succeeded) writing.changedSeats.push({ seatId: held.seat.id, from: held.term.personId, to: null });
}
