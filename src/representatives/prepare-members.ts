import { foldForSearch } from '../shared/text.ts';
import type { KnownChamber } from './directory.ts';
import type { ListedMember, Reading } from './formats/format.ts';

/**
 * Brings a reading into the words of the directory: chambers by the playbook's ids, one entry a person; says
 * what looks odd. Pure.
 * @param only the chamber that was asked for, or null: of a list of several it picks one, of a list of one it is the name.
 */
export function prepareMembers(
  reading: Reading,
  known: readonly KnownChamber[],
  only: string | null,
): Reading {
  const named = reading.members.map((member) => ({
    ...member,
    chamber: { ...member.chamber, id: chamberId(member.chamber, known) },
  }));
  const { members, warnings } = mergePeople(pickChamber(named, only));
  return {
    members,
    refused: reading.refused,
    warnings: [...reading.warnings, ...warnings, ...oddities(members, known)],
  };
}

function chamberId(listed: ListedMember['chamber'], known: readonly KnownChamber[]): string {
  const folded = foldForSearch(listed.name);
  const named = known.find((chamber) => chamber.names.some((name) => foldForSearch(name) === folded));
  const own = known.filter(({ beside }) => !beside);
  const alone = own.length === 1 ? own[0] : undefined;
  return (named ?? own.find((chamber) => chamber.id === listed.id) ?? alone)?.id ?? listed.id;
}

function pickChamber(members: readonly ListedMember[], only: string | null): readonly ListedMember[] {
  if (only === null) return members;
  const several = new Set(members.map((member) => member.chamber.id)).size > 1;
  if (several) return members.filter((member) => member.chamber.id === only);
  return members.map((member) => ({ ...member, chamber: { ...member.chamber, id: only } }));
}

function mergePeople(members: readonly ListedMember[]): { members: ListedMember[]; warnings: string[] } {
  const warnings: string[] = [];
  const people = [...Map.groupBy(members, identity).values()];
  const merged = people.map((rows) => {
    const latest = rows.reduce((last, row) => ((row.start ?? '') >= (last.start ?? '') ? row : last));
    const others = rows.filter(
      (row) => row.area.key !== latest.area.key || row.chamber.id !== latest.chamber.id,
    );
    if (others.length > 0) {
      const lines = rows.map((row) => row.line).join(', ');
      warnings.push(
        `${latest.fullName} is named for several seats (lines ${lines}): ${latest.area.name} was kept.`,
      );
    }
    return latest;
  });
  return { members: merged, warnings };
}

function identity(member: ListedMember): string {
  const [id] = member.ids;
  if (id) return `${id.scheme}\n${id.value}`;
  return [member.chamber.id, member.area.key, foldForSearch(member.fullName)].join('\n');
}

function oddities(members: readonly ListedMember[], known: readonly KnownChamber[]): string[] {
  return [
    ...crowdedSeats(members),
    ...sharedAddresses(members),
    ...[...Map.groupBy(members, (member) => member.chamber.id)].flatMap(([id, inIt]) => [
      ...oddNumber(
        inIt.length,
        known.find((chamber) => chamber.id === id),
      ),
      ...oneAreaForAll(inIt),
    ]),
  ];
}

function crowdedSeats(members: readonly ListedMember[]): string[] {
  const single = members.filter((member) => member.area.kind === 'constituency');
  const areas = Map.groupBy(single, (member) => `${member.chamber.id} ${member.area.key}`);
  return [...areas.values()]
    .filter((inIt) => inIt.length > 1)
    .map((inIt) => {
      const lines = inIt.map((member) => member.line).join(', ');
      return `${inIt[0]?.area.name} has ${inIt.length} people for one seat (lines ${lines}): one who left may be among them.`;
    });
}

function sharedAddresses(members: readonly ListedMember[]): string[] {
  const addresses = members.flatMap((member) =>
    member.offices
      .flatMap((office) => office.channels)
      .filter((channel) => channel.kind === 'email')
      .map((channel) => ({ address: channel.value.toLowerCase(), member })),
  );
  const shared = [...Map.groupBy(addresses, ({ address }) => address)];
  return shared
    .filter(([, uses]) => new Set(uses.map((use) => use.member)).size > 1)
    .map(
      ([address, uses]) => `${address} stands for ${uses.map((use) => use.member.fullName).join(' and ')}.`,
    );
}

function oddNumber(people: number, chamber: KnownChamber | undefined): string[] {
  if (!chamber) return [];
  const said = `${people} people for the ${chamber.seats} seats of ${chamber.names[0] ?? chamber.id}`;
  if (people > chamber.seats) return [`${said}: people who left may be among them.`];
  return people < chamber.seats * 0.9 ? [`${said}: is the list complete?`] : [];
}

function oneAreaForAll(members: readonly ListedMember[]): string[] {
  const [first] = members;
  const same = members.every((member) => member.area.key === first?.area.key);
  return same && members.length > 5 && first?.area.kind !== 'list'
    ? [`Every row names the same constituency, ${first?.area.name}: is the column right?`]
    : [];
}
