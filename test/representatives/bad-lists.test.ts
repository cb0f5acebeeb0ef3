import { expect, test } from 'vitest';
import type { Db } from '../../src/database/connect.ts';
import {
  type ImportRequest,
  importRepresentatives,
} from '../../src/representatives/import-representatives.ts';
import { seatsOfCountry } from '../../src/representatives/representative.ts';
import { countRows, forEachDatabase } from '../support/databases.ts';
import {
  aphMembers,
  congressDay,
  congressJson,
  congressYaml,
  datan,
  everypolitician,
  invented,
  utf8,
} from './invented-lists.ts';

const tables = [
  'people',
  'person_ids',
  'seats',
  'terms',
  'offices',
  'channels',
  'person_words',
  'seat_words',
  'imports',
  'audit',
];
const mps = ['Wairoa', 'Selwyn', 'Taupo', 'Otaki', 'Epsom', 'Ohariu'].map((area, place) => ({
  id: `u${place}`,
  name: `Member ${'ABCDEF'[place]}`,
  area,
  email: `member${place}@parliament.govt.nz`,
}));

async function refuse(db: Db, bytes: Uint8Array, request: Partial<ImportRequest> = {}): Promise<string> {
  const result = await importRepresentatives(db, {
    bytes,
    country: 'NZ',
    asOf: '2015-06-01',
    now: 1_795_000_000_000,
    ...request,
  });
  if (result.ok) throw new Error('the list was taken in');
  return result.reason;
}

forEachDatabase((open) => {
  const brokenUtf8 = utf8(everypolitician([{ ...mps[0]!, name: 'Zoé Ünder Hauāuru' }]));
  brokenUtf8[brokenUtf8.indexOf(0xc4) + 1] = 0x20;

  const cases: [string, Uint8Array, Partial<ImportRequest>, RegExp][] = [
    ['an empty file', utf8(''), {}, /^The file is empty\.$/],
    [
      'a header and no rows',
      utf8(everypolitician([])),
      {},
      /^Nobody in this list serves in New Zealand \(NZ\) on 2015-06-01\. Nothing was imported\.$/,
    ],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]), {}, /^The file is not text\.$/],
    [
      'a letter',
      utf8('Dear Sir,\nI write to you.\n'),
      {},
      /^The file is none of the lists that can be read: .*EveryPolitician CSV.* Nothing was imported\.$/,
    ],
    ['another table', utf8('a,b\n1,2\n'), {}, /^The file is none of the lists/],
    [
      'a page of the web',
      utf8('<!doctype html><html><body>404</body></html>'),
      {},
      /^The file is none of the lists/,
    ],
    ['JSON of another kind', utf8('{"members":[{"name":"x"}]}'), {}, /^The file is none of the lists/],
    [
      'JSON that is cut off',
      utf8(congressJson(Object.values(invented)).slice(0, -200)),
      {},
      /^The file looks like JSON and is broken/,
    ],
    ['broken UTF-8', brokenUtf8, {}, /^The file is UTF-8 and broken at line 2: save or download it again\.$/],
    [
      'a quotation mark left open',
      utf8(everypolitician(mps).replace('Member C', '"Member C')),
      {},
      /could not be read to its end: a quotation mark is opened and never closed\. Nothing was imported\.$/,
    ],
    [
      'a list of the United States',
      utf8(congressYaml([invented.house12])),
      { asOf: congressDay },
      /^The file is a list for United States \(US\), not for New Zealand \(NZ\)\. Nothing was imported\.$/,
    ],
    [
      'a list of Australia',
      utf8(aphMembers([{ Surname: 'A', 'First Name': 'B', Electorate: 'C', State: 'NSW' }])),
      {},
      /^The file is a list for Australia \(AU\)/,
    ],
    [
      'a list of France',
      utf8(datan([{ nom: 'A', prenom: 'B', departementCode: '1', circo: '1' }])),
      {},
      /^The file is a list for France \(FR\)/,
    ],
    [
      'another country’s chamber',
      utf8(everypolitician(mps, { chamber: 'Riksdag' })),
      {},
      /^The file is a list for Sweden \(SE\)/,
    ],
    [
      'another country’s area codes',
      utf8(
        everypolitician(
          mps.map((mp) => ({ ...mp, area_id: 'ocd-division/country:se/x:y' })),
          { chamber: 'X' },
        ),
      ),
      {},
      /^The file is a list for Sweden/,
    ],
    [
      'another country’s addresses',
      utf8(
        everypolitician(
          mps.map((mp) => ({ ...mp, email: `${mp.id}@ft.dk` })),
          { chamber: 'Ting' },
        ),
      ),
      {},
      /^The file is a list for Denmark/,
    ],
    [
      'New Zealand’s list for Canada',
      utf8(everypolitician(mps)),
      { country: 'CA' },
      /^The file is a list for New Zealand \(NZ\), not for Canada \(CA\)/,
    ],
    [
      'only former members',
      utf8(everypolitician(mps.map((mp) => ({ ...mp, end_date: '2014-01-01' })))),
      {},
      /^Nobody in this list serves/,
    ],
    [
      'nothing but rows of 40 cells',
      utf8(`${everypolitician([])}${`${'x,'.repeat(39)}x\n`.repeat(3)}`),
      {},
      /^None of the rows could be read; line 2: The row has 40 cells where the header has 16\. Nothing was imported\.$/,
    ],
    [
      'more broken rows than sound ones',
      utf8(`${everypolitician(mps.slice(0, 2))}${`${'x,'.repeat(39)}x\n`.repeat(3)}`),
      {},
      /^More rows were refused \(3\) than read \(2\)\. Nothing was imported\.$/,
    ],
    [
      'another format than was asked for',
      utf8(everypolitician(mps)),
      { format: 'datan-csv' },
      /^The file is none of the lists/,
    ],
  ];

  test('each bad list gets one clear line and nothing of it is imported', async () => {
    const db = await open();
    for (const [what, bytes, request, reason] of cases) {
      const said = await refuse(db, bytes, request);
      expect(said, what).toMatch(reason);
      expect(said, what).not.toContain('\n');
    }
    expect(await Promise.all(tables.map((table) => countRows(db, table)))).toEqual(tables.map(() => 0));
  });

  test('a bad list leaves the members that were there', async () => {
    const db = await open();
    const good = { bytes: utf8(everypolitician(mps)), country: 'NZ', asOf: '2015-06-01', now: 1 };
    expect(await importRepresentatives(db, good)).toMatchObject({ ok: true, imported: 6 });
    for (const [, bytes, request] of cases) await refuse(db, bytes, request);
    expect((await seatsOfCountry(db, 'NZ')).every(({ holder }) => holder !== null)).toBe(true);
    expect(await countRows(db, 'imports')).toBe(1);
  });

  test('a write that fails half way leaves nothing behind', async () => {
    const db = await open();
    const request = { bytes: utf8(everypolitician(mps)), country: 'NZ', asOf: '2015-06-01', now: 1 };
    await db.schema.dropTable('person_words').execute();
    await expect(importRepresentatives(db, request)).rejects.toThrow();
    const left = tables.filter((table) => table !== 'person_words');
    expect(await Promise.all(left.map((table) => countRows(db, table)))).toEqual(left.map(() => 0));
  });

  test('a list half as long as before is taken in with a warning', async () => {
    const db = await open();
    const request = { bytes: utf8(everypolitician(mps)), country: 'NZ', asOf: '2015-06-01', now: 1 };
    await importRepresentatives(db, request);
    const short = await importRepresentatives(db, {
      ...request,
      bytes: utf8(everypolitician(mps.slice(0, 2))),
    });
    expect(short).toMatchObject({ ok: true, retired: 4 });
    expect(short.warnings).toEqual([
      'The directory had 6 people here and the list has 2: is the list complete?',
    ]);
    const older = await importRepresentatives(db, { ...request, asOf: '2015-01-01' });
    expect(older.warnings).toEqual([
      'The directory already held a list of 2015-06-01, later than 2015-01-01.',
    ]);
  });

  test('lists that look odd are taken in and it is said what looks odd', async () => {
    const db = await open();
    const rows = [
      { ...mps[0]!, name: 'Kone?n Member' },
      { ...mps[1]!, email: 'member0@parliament.govt.nz' },
      ...mps.slice(2).flatMap((mp) =>
        ['', '2'].map((twin) => ({
          ...mp,
          id: mp.id + twin,
          name: `${mp.name}${twin}`,
          area: `${mp.area}${twin}`,
          email: '',
        })),
      ),
      ...Array.from({ length: 12 }, (_, place) => ({
        id: `f${place}`,
        name: `Filler ${place}`,
        area: `Area ${place}`,
      })),
      { ...mps[0]!, id: 'u90', name: 'Same Seat', email: '' },
    ];
    const result = await importRepresentatives(db, {
      bytes: utf8(everypolitician(rows)),
      country: 'NZ',
      asOf: '2015-06-01',
      now: 1,
    });
    expect(result.warnings).toEqual([
      'line 2: the name "Kone?n Member" has lost letters at its source',
      'Wairoa has 2 people for one seat (lines 2, 24): one who left may be among them.',
      'member0@parliament.govt.nz stands for Kone?n Member and Member B.',
    ]);
    const oneArea = everypolitician(mps.map((mp) => ({ ...mp, area: 'Wairoa' })));
    const whole = await importRepresentatives(db, {
      bytes: utf8(oneArea),
      country: 'WS',
      asOf: '2015-06-01',
      now: 1,
    });
    expect(whole.ok).toBe(false);
    const noCountry = everypolitician(
      mps.map((mp) => ({ ...mp, area: 'Wairoa', email: '' })),
      { chamber: 'Fono' },
    );
    const samoa = await importRepresentatives(db, {
      bytes: utf8(noCountry),
      country: 'WS',
      asOf: '2015-06-01',
      now: 1,
    });
    expect(samoa.warnings).toEqual(['Every row names the same constituency, Wairoa: is the column right?']);
  });
});
