import { expect, test } from 'vitest';
import type { Db } from '../../src/database/connect.ts';
import {
  type FindRequest,
  type FindResult,
  findRepresentatives,
} from '../../src/representatives/find-representatives.ts';
import { importPostcodes } from '../../src/representatives/import-postcodes.ts';
import { importRepresentatives } from '../../src/representatives/import-representatives.ts';
import { countRows, forEachDatabase } from '../support/databases.ts';
import {
  aphMembers,
  aphSenators,
  congressDay,
  congressYaml,
  datan,
  everypolitician,
  invented,
  utf8,
} from './invented-lists.ts';

const now = Date.UTC(2026, 10, 23);

async function list(db: Db, text: string, country: string, asOf = '2026-06-15'): Promise<void> {
  const result = await importRepresentatives(db, { bytes: utf8(text), country, asOf, now });
  if (!result.ok) throw new Error(result.reason);
}

async function table(db: Db, text: string, country: string): Promise<void> {
  const result = await importPostcodes(db, { bytes: utf8(text), country, now });
  if (!result.ok) throw new Error(result.reason);
}

async function find(
  db: Db,
  country: string,
  by: FindRequest['by'],
  text: string,
  day = '2026-06-20',
): Promise<FindResult> {
  return await findRepresentatives(db, { country, by, text, day });
}

/** Chamber by chamber the names found, or what else the answer was. */
const names = (result: FindResult) =>
  result.kind === 'found'
    ? result.groups.map(({ chamber, representatives }) => [
        chamber,
        representatives.map((one) => one.fullName),
      ])
    : result.kind;

const electorates = [
  { Surname: 'Abbot', 'First Name': 'Ann', Electorate: 'Kingsford Test', State: 'NSW' },
  { Surname: 'Baker', 'First Name': 'Bob', Electorate: "O'Try", State: 'WA' },
];
const senators = ['NSW', 'NSW', 'WA'].map((State, place) => ({
  Title: 'Senator',
  Surname: `Sen${'ABC'[place]}`,
  'First Name': 'S',
  State,
  'Political Party': 'P',
}));
const deputies = [1, 4, 10].map((circo) => ({
  id: `PA${circo}`,
  civ: 'Mme',
  nom: `Député-${circo}`,
  prenom: 'Zoé',
  departementNom: 'Gironde',
  departementCode: '33',
  circo: String(circo),
}));

forEachDatabase((open) => {
  test('without a list or a table it is said which of the two is missing', async () => {
    const db = await open();
    expect(await find(db, 'NZ', 'any', 'Wairoa')).toEqual({ kind: 'nothing-imported' });
    await list(db, everypolitician([{ id: 'u', name: 'Mere Tester', area: 'Wairoa' }]), 'NZ', '2015-06-01');
    expect(await find(db, 'NZ', 'postcode', '6011')).toEqual({ kind: 'no-postcodes' });
    expect(await find(db, 'NZ', 'constituency', 'Nowhere')).toEqual({
      kind: 'nothing-found',
      withoutMember: [],
    });
    expect(await find(db, 'NZ', 'name', '…')).toEqual({ kind: 'nothing-found', withoutMember: [] });
    expect(await find(db, 'AU', 'any', 'Wairoa')).toEqual({ kind: 'nothing-imported' });
  });

  test('a postcode leads to every seat it lies in and to both senators of the state', async () => {
    const db = await open();
    await list(db, congressYaml(Object.values(invented)), 'US');
    await table(
      db,
      'state_fips,state_abbr,zcta,cd\n36,NY,10001,10\n36,NY,10001,12\n36,NY,501,12\n56,WY,82001,0\n36,NY,10009,7\n',
      'US',
    );
    const several = await find(db, 'US', 'postcode', '10001');
    expect(names(several)).toEqual([
      ['house', ['Ben Sample', 'Ada Example']],
      ['senate', ['Cleo Van Model', 'Dan Muster']],
    ]);
    expect(several).toMatchObject({ several: true, suggestion: false, more: false, withoutMember: [] });
    expect(several).toMatchObject({ groups: [{ asOf: congressDay }, { asOf: congressDay }] });
    const one = await find(db, 'US', 'postcode', ' 82001-1234 ');
    expect(names(one)).toEqual([['house', ['Eve Proof']]]);
    expect(one).toMatchObject({ several: false });
    expect(names(await find(db, 'US', 'postcode', '00501'))).toEqual([
      ['house', ['Ada Example']],
      ['senate', ['Cleo Van Model', 'Dan Muster']],
    ]);
    expect(await find(db, 'US', 'postcode', '99999')).toEqual({ kind: 'nothing-found', withoutMember: [] });
    expect(await find(db, 'US', 'postcode', "1' or 1=1")).toEqual({
      kind: 'nothing-found',
      withoutMember: [],
    });
    const vacant = await find(db, 'US', 'postcode', '10009');
    expect(names(vacant)).toEqual([['senate', ['Cleo Van Model', 'Dan Muster']]]);
    expect(vacant).toMatchObject({ withoutMember: ['New York’s 7th District'] });
  });

  test('an Australian postcode leads to the member and to the senators of that state only', async () => {
    const db = await open();
    await list(db, aphMembers(electorates), 'AU');
    await list(db, aphSenators(senators), 'AU');
    await table(db, 'postcode,electorate\n0872,O’TRY\n2031,Kingsford Test\n2099,Gone\n', 'AU');
    expect(names(await find(db, 'AU', 'postcode', '872'))).toEqual([
      ['house', ['Bob Baker']],
      ['senate', ['S SenC']],
    ]);
    expect(names(await find(db, 'AU', 'any', '2031'))).toEqual([
      ['house', ['Ann Abbot']],
      ['senate', ['S SenA', 'S SenB']],
    ]);
    expect(await find(db, 'AU', 'postcode', '2099')).toEqual({
      kind: 'nothing-found',
      withoutMember: ['Gone'],
    });
  });

  test('a prefix table finds full codes and is called a suggestion', async () => {
    const db = await open();
    await list(
      db,
      everypolitician([{ id: 'c', name: 'Val Maple', area: 'Ontario (Ottawa—Test)' }], {
        chamber: 'House of Commons',
      }),
      'CA',
      '2015-06-01',
    );
    await table(db, '{"K1A": {"ridingId": "1", "ridingName": "Ottawa--Test", "province": "ON"}}', 'CA');
    for (const code of ['k1a 0a6', 'K1A0A6', 'k1a']) {
      const found = await find(db, 'CA', 'postcode', code);
      expect(names(found), code).toEqual([['house', ['Val Maple']]]);
      expect(found, code).toMatchObject({ suggestion: true });
    }
    expect(names(await find(db, 'CA', 'postcode', 'K1B 0A6'))).toBe('nothing-found');
  });

  test('constituency and name are found without accents, case, punctuation, whole words first', async () => {
    const db = await open();
    await list(db, datan(deputies), 'FR');
    await list(
      db,
      everypolitician([{ id: 'u', name: 'Mere Hauāuru', area: 'Te Tai Tokerau' }]),
      'NZ',
      '2015-06-01',
    );
    expect(names(await find(db, 'FR', 'constituency', 'GIRONDE 1'))).toEqual([
      ['assembly', ['Zoé Député-1', 'Zoé Député-10']],
    ]);
    expect(names(await find(db, 'FR', 'constituency', '33-4'))).toEqual([['assembly', ['Zoé Député-4']]]);
    expect(names(await find(db, 'FR', 'name', 'depute, zoe'))).toEqual([
      ['assembly', ['Zoé Député-1', 'Zoé Député-4', 'Zoé Député-10']],
    ]);
    expect(names(await find(db, 'NZ', 'any', 'tai'))).toEqual([['house', ['Mere Hauāuru']]]);
    expect(names(await find(db, 'NZ', 'any', 'hauauru'))).toEqual([['house', ['Mere Hauāuru']]]);
    expect(names(await find(db, 'NZ', 'constituency', 'hauauru'))).toBe('nothing-found');
    expect(names(await find(db, 'NZ', 'name', 'tokerau'))).toBe('nothing-found');
    expect(names(await find(db, 'NZ', 'name', 'mere tokerau'))).toBe('nothing-found');
  });

  test('a constituency brings the senators of its state, a name does not', async () => {
    const db = await open();
    await list(db, congressYaml(Object.values(invented)), 'US');
    expect(names(await find(db, 'US', 'constituency', 'ny-12'))).toEqual([
      ['house', ['Ada Example']],
      ['senate', ['Cleo Van Model', 'Dan Muster']],
    ]);
    expect(names(await find(db, 'US', 'constituency', 'new york'))).toEqual([
      ['house', ['Ben Sample', 'Ada Example']],
      ['senate', ['Cleo Van Model', 'Dan Muster']],
    ]);
    expect(names(await find(db, 'US', 'name', 'example'))).toEqual([['house', ['Ada Example']]]);
    expect(names(await find(db, 'US', 'name', 'van model'))).toEqual([['senate', ['Cleo Van Model']]]);
  });

  test('only people who serve on the day are found; who left is not, and is not found by name', async () => {
    const db = await open();
    await list(db, congressYaml(Object.values(invented)), 'US');
    expect(names(await find(db, 'US', 'name', 'example', '2027-01-03'))).toEqual([
      ['house', ['Ada Example']],
    ]);
    expect(await find(db, 'US', 'name', 'example', '2027-01-04')).toEqual({
      kind: 'nothing-found',
      withoutMember: ['New York’s 12th District'],
    });
    await list(db, congressYaml([invented.house10, invented.atLarge, invented.senator1]), 'US', '2026-07-01');
    expect(names(await find(db, 'US', 'name', 'example'))).toBe('nothing-found');
    expect(await find(db, 'US', 'constituency', 'ny-12')).toMatchObject({
      kind: 'found',
      groups: [{ chamber: 'senate' }],
      withoutMember: ['New York’s 12th District', 'New York'],
    });
  });

  test('what is shown is limited, and it is said that there is more', async () => {
    const db = await open();
    const many = Array.from({ length: 70 }, (_, place) => ({
      id: `m${place}`,
      name: `Member Nr${place}`,
      area: 'List',
    }));
    await list(db, everypolitician(many), 'NZ', '2015-06-01');
    const found = await find(db, 'NZ', 'constituency', 'list');
    expect(found).toMatchObject({ kind: 'found', more: true });
    expect(names(found)).toMatchObject([['house', { length: 60 }]]);
    expect(
      await findRepresentatives(db, { country: 'NZ', by: 'name', text: 'nr1', day: '2015-06-01', limit: 3 }),
    ).toMatchObject({
      more: true,
      groups: [{ representatives: [{ fullName: 'Member Nr1' }, {}, {}] }],
    });
  });

  test('a second table takes the place of the first one', async () => {
    const db = await open();
    await list(db, aphMembers(electorates), 'AU');
    await table(db, 'postcode,electorate\n2031,Kingsford Test\n2032,Kingsford Test\n', 'AU');
    await table(db, "postcode,electorate\n2031,O'Try\n", 'AU');
    expect(names(await find(db, 'AU', 'postcode', '2031'))).toEqual([['house', ['Bob Baker']]]);
    expect(names(await find(db, 'AU', 'postcode', '2032'))).toBe('nothing-found');
    expect(await countRows(db, 'postcodes')).toBe(1);
  });
});
