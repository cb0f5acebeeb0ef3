import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/database/connect.ts';
import { type FindResult, findRepresentatives } from '../../src/representatives/find-representatives.ts';
import { importPostcodes } from '../../src/representatives/import-postcodes.ts';
import { importRepresentatives } from '../../src/representatives/import-representatives.ts';
import { seatsOfCountry } from '../../src/representatives/representative.ts';
import { countRows, forEachDatabase, type OpenDatabase, sqliteForTests } from '../support/databases.ts';
import { hasSharedData, sharedFile } from './invented-lists.ts';

// Counts as ../shared/data/README.md states them, with the files' own days. In the list of the United Kingdom one
// member had died and one has two rows: 649 of its 650 people serve on the day.
const lists: [string, string, string, string, number][] = [
  ['us/congress-legislators/legislators-current.yaml', 'US', '2026-06-15', 'congress-legislators', 537],
  ['us/congress-legislators/legislators-current.json', 'US', '2026-06-15', 'congress-legislators', 537],
  ['au/aph-2025/aph-members.csv', 'AU', '2025-09-18', 'aph-members-csv', 150],
  ['au/aph-2025/aph-senators.csv', 'AU', '2025-09-18', 'aph-senators-csv', 75],
  ['ca/represent/ca_house_of_commons.csv', 'CA', '2017-06-27', 'represent-csv', 338],
  ['fr/datan-2025-12/deputes-active.csv', 'FR', '2025-12-26', 'datan-csv', 575],
  ['everypolitician/Australia/Senate/term-44.csv', 'AU', '2015-11-12', 'everypolitician-csv', 93],
  ['everypolitician/Cambodia/National_Assembly/term-5.csv', 'KH', '2015-11-05', 'everypolitician-csv', 123],
  ['everypolitician/Canada/Commons/term-42.csv', 'CA', '2015-11-27', 'everypolitician-csv', 338],
  ['everypolitician/Denmark/Folketing/term-2015.csv', 'DK', '2015-11-10', 'everypolitician-csv', 180],
  ['everypolitician/France/National_Assembly/term-14.csv', 'FR', '2015-11-25', 'everypolitician-csv', 580],
  ['everypolitician/Malaysia/Dewan_Rakyat/term-13.csv', 'MY', '2015-11-29', 'everypolitician-csv', 228],
  ['everypolitician/New_Zealand/House/term-51.csv', 'NZ', '2015-11-05', 'everypolitician-csv', 121],
  ['everypolitician/Sweden/Riksdag/term-2014.csv', 'SE', '2015-11-11', 'everypolitician-csv', 356],
  ['everypolitician/UK/Commons/term-56.csv', 'GB', '2015-11-28', 'everypolitician-csv', 649],
];

const tables: [string, string, string, object][] = [
  ['us/zip/zccd.csv', 'US', 'us-zip-csv', { postcodes: 33_774, several: 7_299, refused: [] }],
  [
    'au/openaustralia/postcodes.csv',
    'AU',
    'au-postcodes-csv',
    { postcodes: 2_636, several: 569, refused: [] },
  ],
  [
    'fr/letter-tool/plz-circonscription.json',
    'FR',
    'fr-circonscriptions-json',
    { postcodes: 6_321, several: 967, refused: [] },
  ],
  [
    'ca/letter-tool/postal-code-riding.json',
    'CA',
    'ca-prefixes-json',
    { postcodes: 1_358, areas: 336, refused: [] },
  ],
];

const now = Date.UTC(2026, 10, 23);

async function take(db: Db, file: string, country: string, asOf: string) {
  const result = await importRepresentatives(db, { bytes: sharedFile(file), country, asOf, now });
  if (!result.ok) throw new Error(`${file}: ${result.reason}`);
  return result;
}

describe.skipIf(!hasSharedData())('real files', () => {
  describe('every list and table, on SQLite', () => {
    const open = sqliteForTests();
    test.each(lists)(
      '%s holds the people it is said to hold',
      async (...list) => await countList(open, list),
    );
    test.each(tables)(
      '%s: random codes find exactly the areas of the table',
      async (...table) => await drawCodes(open, table),
    );

    test('two lists of one parliament: former members are retired, seats and most people stay', async () => {
      const db = await open();
      await take(db, 'everypolitician/Canada/Commons/term-42.csv', 'CA', '2015-11-27');
      const before = new Set((await seatsOfCountry(db, 'CA')).map((seat) => seat.seatId));
      const later = await take(db, 'ca/represent/ca_house_of_commons.csv', 'CA', '2017-06-27');
      expect(later).toMatchObject({ serving: 338, imported: 22, updated: 316, retired: 22 });
      const after = (await seatsOfCountry(db, 'CA')).filter((seat) => seat.holder !== null);
      expect(after).toHaveLength(338);
      expect(after.filter((seat) => before.has(seat.seatId)).length).toBeGreaterThan(320);
    });

    test('both chambers of a congress: two senators a state, one member a district', async () => {
      const db = await open();
      await take(db, 'us/congress-legislators/legislators-current.json', 'US', '2026-06-15');
      const seats = await seatsOfCountry(db, 'US');
      const senate = Map.groupBy(
        seats.filter((seat) => seat.chamber === 'senate'),
        (seat) => seat.constituency,
      );
      expect(senate.size).toBe(50);
      expect([...senate.values()].every((inState) => inState.length === 2)).toBe(true);
      const house = seats.filter((seat) => seat.chamber === 'house');
      expect(new Set(house.map((seat) => seat.constituency)).size).toBe(437);
    });
  });

  // The largest of each kind on both engines; what differs between engines is not in the formats.
  forEachDatabase((open) => {
    const [largestList] = lists.slice(-1);
    const [largestTable] = tables;
    test('the largest list holds the people it is said to hold', async () => {
      if (largestList) await countList(open, largestList);
    });
    test('random codes of the largest table find exactly its areas', async () => {
      if (largestTable) await drawCodes(open, largestTable);
    });
  });
});

async function countList(
  open: OpenDatabase,
  [file, country, asOf, format, serving]: (typeof lists)[number],
): Promise<void> {
  const db = await open();
  expect(await take(db, file, country, asOf)).toMatchObject({
    format,
    serving,
    imported: serving,
    retired: 0,
    refused: [],
  });
  const people = await countRows(db, 'people');
  expect(people).toBe(serving);
  const again = await take(db, file, country, asOf);
  expect(again).toMatchObject({ serving, imported: 0, updated: 0, unchanged: serving, retired: 0 });
  expect(await countRows(db, 'people')).toBe(people);
  expect((await seatsOfCountry(db, country)).filter((seat) => seat.holder !== null)).toHaveLength(serving);
}

async function drawCodes(
  open: OpenDatabase,
  [file, country, format, counts]: (typeof tables)[number],
): Promise<void> {
  const db = await open();
  for (const [list, of, asOf] of lists.slice(1, 6)) if (of === country) await take(db, list, of, asOf);
  const started = performance.now();
  const taken = await importPostcodes(db, { bytes: sharedFile(file), country, now });
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(taken).toMatchObject({ ok: true, format, ...counts });
  const expected = expectedAreas(file, country);
  const codes = [...expected.keys()];
  for (let turn = 0; turn < 200; turn++) {
    const code = codes[Math.floor(Math.random() * codes.length)] ?? '';
    const typed = turn % 3 === 0 ? ` ${code} ` : code;
    const found = await findRepresentatives(db, { country, by: 'postcode', text: typed, day: '2026-06-20' });
    expect(areasFound(found), `${country} ${code}`).toEqual([...(expected.get(code) ?? [])].sort());
  }
}

/** What the files themselves say, read without the code under test: code → areas as that country's lists name them. */
function expectedAreas(file: string, country: string): Map<string, Set<string>> {
  const text = new TextDecoder().decode(sharedFile(file));
  const areas = new Map<string, Set<string>>();
  const add = (code: string, area: string) => areas.set(code, (areas.get(code) ?? new Set()).add(area));
  if (country === 'US' || country === 'AU') {
    for (const line of text.trim().split(/\r?\n/).slice(1)) {
      const cells = line.split(',');
      if (country === 'US') add(cells[2] ?? '', `${cells[1]}-${cells[3]}`);
      else add(cells[0] ?? '', (cells[1] ?? '').trim());
    }
    return areas;
  }
  for (const [code, value] of Object.entries(
    JSON.parse(text) as Record<string, string[] | { ridingName: string }>,
  )) {
    if (!Array.isArray(value)) add(code, value.ridingName);
    else
      for (const area of value)
        add(code, String(Number.parseInt(area.slice(-2), 10)).concat('@', department(area.slice(0, -2))));
  }
  return areas;
}

const letterCodes: Record<string, string> = {
  ZA: '971',
  ZB: '972',
  ZC: '973',
  ZD: '974',
  ZM: '976',
  ZN: '988',
  ZP: '987',
  ZS: '975',
  ZX: '977',
};
const department = (code: string) => letterCodes[code] ?? code.replace(/^0/, '');

/** The same areas from what was found: those with a member and those without. */
function areasFound(found: FindResult): string[] {
  if (found.kind !== 'found' && found.kind !== 'nothing-found') return [found.kind];
  const members = found.kind === 'found' ? found.groups.flatMap((group) => group.representatives) : [];
  const own = members.filter((member) => member.kind === 'constituency');
  const held = own.map((member) => describeArea(member.areaKey, member.constituency));
  return [...new Set([...held, ...found.withoutMember.map(describeVacant)])].sort();
}

function describeArea(key: string, name: string): string {
  if (/^[A-Z]{2}-\d+$/.test(key)) return key;
  const french = /^(\w+)-(\d+)$/.exec(key);
  return french ? `${french[2]}@${french[1]}` : name;
}

const states: Record<string, string> = { California: 'CA', Florida: 'FL', Georgia: 'GA', Texas: 'TX' };

function describeVacant(name: string): string {
  const american = /^(\w+)’s? (\d+)\w+ District$/.exec(name);
  if (american) return `${states[american[1] ?? '']}-${american[2]}`;
  const french = /^Département (\w+) \((\d+)\w* circonscription\)$/.exec(name);
  return french ? `${french[2]}@${(french[1] ?? '').replace(/^0/, '')}` : name;
}
