import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/audit/audit.ts';
import type { Db } from '../../src/database/connect.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import {
  type ImportRequest,
  importRepresentatives,
  type ListTaken,
} from '../../src/representatives/import-representatives.ts';
import { representativeOfSeat, seatsOfCountry } from '../../src/representatives/representative.ts';
import { countRows, forEachDatabase } from '../support/databases.ts';
import {
  aphMembers,
  congressDay,
  congressJson,
  congressYaml,
  datan,
  everypolitician,
  invented,
  represent,
  utf8,
  windows1252,
} from './invented-lists.ts';

const now = Date.UTC(2026, 10, 23);
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

async function take(
  db: Db,
  text: string | Uint8Array,
  request: Partial<ImportRequest> = {},
): Promise<ListTaken> {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  const result = await importRepresentatives(db, {
    bytes,
    country: 'NZ',
    asOf: '2015-06-01',
    now,
    ...request,
  });
  if (!result.ok) throw new Error(result.reason);
  return result;
}

const congress = { country: 'US', asOf: congressDay };
const mps = [
  {
    id: 'u1',
    name: 'Mere Tester',
    sort_name: 'Tester, Mere',
    email: 'mere.tester@parliament.govt.nz',
    area: 'Wairoa',
    gender: 'female',
  },
  { id: 'u2', name: 'Ned Tester', sort_name: 'Tester, Ned', area: 'Selwyn', gender: 'male' },
  { id: 'u3', name: 'Pat Lister', area: 'List' },
  { id: 'u4', name: 'Rae Lister', area: 'List' },
];
const counts = ({ serving, imported, updated, unchanged, retired }: ListTaken) => ({
  serving,
  imported,
  updated,
  unchanged,
  retired,
});
const holders = async (db: Db, country: string) =>
  (await seatsOfCountry(db, country)).map(({ chamber, constituency, holder }) => [
    chamber,
    constituency,
    holder,
  ]);
const rowsOf = async (db: Db) => await Promise.all(tables.map((table) => countRows(db, table)));

forEachDatabase((open) => {
  test('a list is taken in: people, seats, terms, offices, channels', async () => {
    const db = await open();
    const result = await take(db, congressYaml(Object.values(invented)), congress);
    expect(counts(result)).toEqual({ serving: 5, imported: 5, updated: 0, unchanged: 0, retired: 0 });
    expect(result).toMatchObject({
      format: 'congress-legislators',
      encoding: 'utf-8',
      refused: [],
      warnings: [],
    });
    expect(await holders(db, 'US')).toEqual([
      ['senate', 'New York', 'Cleo Van Model'],
      ['senate', 'New York', 'Dan Muster'],
      ['house', 'New York’s 10th District', 'Ben Sample'],
      ['house', 'New York’s 12th District', 'Ada Example'],
      ['house', 'Wyoming’s At-Large District', 'Eve Proof'],
    ]);
    const [seat] = (await seatsOfCountry(db, 'US')).filter((one) => one.holder === 'Ada Example');
    expect(await representativeOfSeat(db, 'US', seat?.seatId ?? '')).toMatchObject({
      chamber: 'house',
      constituency: 'New York’s 12th District',
      region: 'New York',
      familyName: 'Example',
      gender: 'f',
      party: 'Blue',
      address: ['12 Sample House Office Building', 'Washington DC 20515'],
      channels: [
        { kind: 'post', state: 'fine', office: 'parliament' },
        { kind: 'phone', value: '202-555-0112' },
      ],
      asOf: congressDay,
    });
  });

  test('the same list a second time changes nothing and doubles nothing, in the other shape too', async () => {
    const db = await open();
    await take(db, congressYaml(Object.values(invented)), congress);
    const before = await rowsOf(db);
    const result = await take(db, congressJson(Object.values(invented)), congress);
    expect(counts(result)).toEqual({ serving: 5, imported: 0, updated: 0, unchanged: 5, retired: 0 });
    expect(result.changedSeats).toEqual([]);
    const after = await rowsOf(db);
    expect(after.slice(0, -2)).toEqual(before.slice(0, -2));
    expect(await countRows(db, 'imports')).toBe(2);
    expect(await inTransaction(db, (tx) => verifyAudit(tx))).toEqual({ entries: 2, brokenAt: null });
  });

  test('formats without ids double nothing either', async () => {
    const db = await open();
    const rows = ['Ann', 'Bob'].map((name) => ({
      Surname: 'Same',
      'First Name': name,
      Electorate: `Seat of ${name}`,
      State: 'NSW',
    }));
    await take(db, aphMembers(rows), { country: 'AU' });
    expect(counts(await take(db, aphMembers(rows.reverse()), { country: 'AU' }))).toMatchObject({
      imported: 0,
      unchanged: 2,
    });
    const rider = (name: string) => [
      `Riding ${name}`,
      'MP',
      name,
      name,
      'X',
      '',
      'P',
      `${name}@parl.example.ca`,
    ];
    await take(db, windows1252(represent([rider('Éva'), rider('Flo')])), { country: 'CA' });
    expect(
      counts(await take(db, windows1252(represent([rider('Flo'), rider('Éva')])), { country: 'CA' })),
    ).toMatchObject({
      imported: 0,
      unchanged: 2,
    });
    expect(await countRows(db, 'people')).toBe(4);
  });

  test('a dry run counts the same and writes nothing', async () => {
    const db = await open();
    const dry = await take(db, everypolitician(mps), { dryRun: true });
    expect(await rowsOf(db)).toEqual(tables.map(() => 0));
    const wet = await take(db, everypolitician(mps));
    expect(counts(dry)).toEqual(counts(wet));
    const later = everypolitician([...mps.slice(1), { id: 'u9', name: 'New Comer', area: 'Wairoa' }]);
    const before = await rowsOf(db);
    const dryLater = await take(db, later, { dryRun: true });
    expect(await rowsOf(db)).toEqual(before);
    expect(counts(dryLater)).toEqual(counts(await take(db, later)));
  });

  test('who is not named any more is retired, the seat stays and the successor sits on it', async () => {
    const db = await open();
    await take(db, everypolitician(mps));
    const before = new Map((await seatsOfCountry(db, 'NZ')).map((seat) => [seat.holder, seat.seatId]));
    const next = [
      { ...mps[0]!, id: 'u8', name: 'Sia Successor', sort_name: '', email: '', gender: '' },
      ...mps.slice(2),
    ];
    const result = await take(db, everypolitician(next), { asOf: '2015-07-01' });
    expect(counts(result)).toEqual({ serving: 3, imported: 1, updated: 0, unchanged: 2, retired: 2 });
    const after = new Map((await seatsOfCountry(db, 'NZ')).map((seat) => [seat.holder, seat.seatId]));
    expect(after.get('Sia Successor')).toBe(before.get('Mere Tester'));
    expect(await representativeOfSeat(db, 'NZ', before.get('Ned Tester') ?? '')).toBeNull();
    expect(result.changedSeats.map(({ seatId }) => seatId).sort()).toEqual(
      [before.get('Mere Tester'), before.get('Ned Tester')].sort(),
    );
    expect(result.changedSeats.find(({ to }) => to === null)?.from).toBeTruthy();
    const sia = await representativeOfSeat(db, 'NZ', after.get('Sia Successor') ?? '');
    expect(sia).toMatchObject({ familyName: null, gender: 'unknown', channels: [] });
  });

  test('who comes back is the same person, and who changes seat or name keeps the record', async () => {
    const db = await open();
    await take(db, everypolitician(mps));
    await take(db, everypolitician(mps.slice(1)));
    const back = await take(db, everypolitician(mps));
    expect(counts(back)).toEqual({ serving: 4, imported: 0, updated: 1, unchanged: 3, retired: 0 });
    const moved = [
      { ...mps[0]!, name: 'Mere Tester-Wed', area: 'Selwyn' },
      { ...mps[1]!, area: 'Wairoa' },
      ...mps.slice(2),
    ];
    expect(counts(await take(db, everypolitician(moved)))).toEqual({
      serving: 4,
      imported: 0,
      updated: 2,
      unchanged: 2,
      retired: 0,
    });
    expect(await countRows(db, 'people')).toBe(4);
    expect(await countRows(db, 'seats')).toBe(4);
    expect(await holders(db, 'NZ')).toEqual([
      ['house', 'List', 'Pat Lister'],
      ['house', 'List', 'Rae Lister'],
      ['house', 'Selwyn', 'Mere Tester-Wed'],
      ['house', 'Wairoa', 'Ned Tester'],
    ]);
  });

  test('of several members of an area each keeps a seat of their own', async () => {
    const db = await open();
    await take(db, everypolitician(mps));
    const seatOf = async (name: string) =>
      (await seatsOfCountry(db, 'NZ')).find((seat) => seat.holder === name)?.seatId;
    const [pat, rae] = [await seatOf('Pat Lister'), await seatOf('Rae Lister')];
    await take(
      db,
      everypolitician([{ id: 'u7', name: 'Ada First', area: 'List' }, mps[3]!, ...mps.slice(0, 2)]),
    );
    expect(await seatOf('Rae Lister')).toBe(rae);
    expect(await seatOf('Ada First')).toBe(pat);
    expect(await countRows(db, 'seats')).toBe(4);
  });

  test('a senator keeps the seat of their class through elections', async () => {
    const db = await open();
    await take(db, congressYaml([invented.senator1, invented.senator3]), congress);
    const seats = await seatsOfCountry(db, 'US');
    const successor = { ...invented.senator3, id: 'A000033', first: 'Gus', last: 'Next' };
    const result = await take(db, congressYaml([successor, invented.senator1]), congress);
    expect(result.changedSeats).toMatchObject([{ seatId: seats[1]?.seatId }]);
    const twice = await take(
      db,
      congressYaml([successor, invented.senator1, { ...invented.senator1, id: 'A000099', first: 'Two' }]),
      congress,
    );
    expect(twice.refused).toMatchObject([{ reason: 'New York has this seat twice in the list.' }]);
    expect(twice.serving).toBe(2);
  });

  test('two members of one name and two ids stay two people', async () => {
    const db = await open();
    const twins = [
      { id: 't1', name: 'Jo Same', area: 'Wairoa' },
      { id: 't2', name: 'Jo Same', area: 'Selwyn' },
    ];
    expect(counts(await take(db, everypolitician(twins)))).toMatchObject({ serving: 2, imported: 2 });
    const successor = [{ id: 't3', name: 'Jo Same', area: 'Wairoa' }, twins[1]!];
    expect(counts(await take(db, everypolitician(successor)))).toMatchObject({
      imported: 1,
      unchanged: 1,
      retired: 1,
    });
  });

  test('one person on two rows is one person', async () => {
    const db = await open();
    const rows = [
      { ...mps[0]!, group: 'Old Party', end_date: '' },
      { ...mps[0]!, group: 'New Party', start_date: '2015-05-01' },
    ];
    expect(counts(await take(db, everypolitician(rows)))).toMatchObject({ serving: 1, imported: 1 });
    const [seat] = await seatsOfCountry(db, 'NZ');
    expect(await representativeOfSeat(db, 'NZ', seat?.seatId ?? '')).toMatchObject({ party: 'New Party' });
  });

  test('a refused row does not retire the member it names', async () => {
    const db = await open();
    await take(db, everypolitician(mps));
    const [header, mere, ned, pat, rae] = everypolitician(mps).split('\n');
    const result = await take(db, [header, `${mere},too,many,cells`, ned, pat, rae].join('\n'));
    expect(counts(result)).toMatchObject({ serving: 3, retired: 0 });
    expect(result.refused).toMatchObject([{ line: 2 }]);
    expect(result.warnings).toContain('Mere Tester was kept as before: the row that names them was refused.');
    expect((await holders(db, 'NZ')).map(([, , holder]) => holder)).toContain('Mere Tester');
  });

  test('a channel keeps its state, and who wished for no letters gets none at a new address', async () => {
    const db = await open();
    await take(db, everypolitician(mps));
    await db
      .updateTable('channels')
      .set({ state: 'opted-out', state_since: 5 })
      .where('kind', '=', 'email')
      .execute();
    const emailOfMere = async () => {
      const [seat] = (await seatsOfCountry(db, 'NZ')).filter((one) => one.holder === 'Mere Tester');
      const mere = await representativeOfSeat(db, 'NZ', seat?.seatId ?? '');
      return mere?.channels.map(({ kind, value, state }) => ({ kind, value, state }));
    };
    await take(db, everypolitician([{ ...mps[0]!, group: 'Other' }, ...mps.slice(1)]));
    expect(await emailOfMere()).toEqual([
      { kind: 'email', value: 'mere.tester@parliament.govt.nz', state: 'opted-out' },
    ]);
    const moved = [{ ...mps[0]!, email: 'mtester@parliament.govt.nz' }, ...mps.slice(1)];
    expect(counts(await take(db, everypolitician(moved)))).toMatchObject({ updated: 1 });
    expect(await emailOfMere()).toEqual([
      { kind: 'email', value: 'mtester@parliament.govt.nz', state: 'opted-out' },
    ]);
  });

  test('a list that does not speak of telephones leaves them as they were', async () => {
    const db = await open();
    const member = {
      Surname: 'Phoned',
      'First Name': 'Phil',
      Electorate: 'Bass',
      State: 'TAS',
      Telephone: '(02) 5550 1111',
    };
    await take(db, aphMembers([member]), { country: 'AU' });
    const other = everypolitician(
      [{ id: 'x', name: 'Phil Phoned', area: 'Bass', email: 'phil@aph.gov.au' }],
      { chamber: 'House of Representatives' },
    );
    expect(counts(await take(db, other, { country: 'AU' }))).toMatchObject({ imported: 0, updated: 1 });
    const [seat] = await seatsOfCountry(db, 'AU');
    const phil = await representativeOfSeat(db, 'AU', seat?.seatId ?? '');
    expect(phil).toMatchObject({ region: 'Tasmania', familyName: 'Phoned' });
    expect(phil?.channels.map(({ kind }) => kind).sort()).toEqual(['email', 'phone']);
  });

  test('chambers bear the ids of the playbook, one chamber can be picked, and odd numbers are said', async () => {
    const db = await open();
    const chambers = [{ id: 'assembly', names: ['Assemblée nationale', 'National Assembly'], seats: 577 }];
    const deputy = {
      id: 'PA1',
      civ: 'M.',
      nom: 'Seul',
      prenom: 'Guy',
      departementNom: 'Ain',
      departementCode: '01',
      circo: '1',
    };
    const french = await take(db, datan([deputy]), { country: 'FR', chambers });
    expect(french.chambers).toEqual([{ chamber: 'assembly', serving: 1, seats: 577 }]);
    expect(french.warnings).toEqual([
      '1 people for the 577 seats of Assemblée nationale: is the list complete?',
    ]);
    const senate = await take(db, congressYaml(Object.values(invented)), { ...congress, chamber: 'senate' });
    expect(senate.chambers).toEqual([{ chamber: 'senate', serving: 2, seats: null }]);
    const named = await take(db, everypolitician(mps), { chamber: 'upper' });
    expect(named.chambers).toEqual([{ chamber: 'upper', serving: 4, seats: null }]);
    await expect(take(db, datan([deputy]), { country: 'FR', chambers, chamber: 'lords' })).rejects.toThrow(
      'no chamber "lords" in FR: assembly',
    );
  });

  test('importing one chamber leaves the other alone', async () => {
    const db = await open();
    await take(db, congressYaml(Object.values(invented)), congress);
    const onlyHouse = [{ ...invented.house12, terms: [{ ...invented.house12.terms[1]!, party: 'Green' }] }];
    expect(counts(await take(db, congressJson(onlyHouse), congress))).toMatchObject({
      serving: 1,
      updated: 1,
      retired: 2,
    });
    expect(
      (await holders(db, 'US')).filter(([chamber]) => chamber === 'senate').map(([, , holder]) => holder),
    ).toEqual(['Cleo Van Model', 'Dan Muster']);
  });

  test('countries do not touch each other, and any country can be imported', async () => {
    const db = await open();
    await take(db, everypolitician(mps));
    const elsewhere = everypolitician(mps, { chamber: 'Fale Fono' });
    expect(
      counts(await take(db, elsewhere.replaceAll('@parliament.govt.nz', '@fono.gov.ws'), { country: 'WS' })),
    ).toMatchObject({
      imported: 4,
      retired: 0,
    });
    expect(await holders(db, 'NZ')).toEqual(await holders(db, 'WS'));
    const seats = [...(await seatsOfCountry(db, 'NZ')), ...(await seatsOfCountry(db, 'WS'))];
    expect(seats.filter(({ holder }) => holder !== null)).toHaveLength(8);
  });
});
