import { describe, expect, test } from 'vitest';
import { importPostcodes } from '../../src/representatives/import-postcodes.ts';
import { importRepresentatives } from '../../src/representatives/import-representatives.ts';
import { lookupCodes, normalizePostcode } from '../../src/representatives/postcodes.ts';
import { countRows, forEachDatabase, sqliteForTests } from '../support/databases.ts';
import { aphMembers, utf8 } from './invented-lists.ts';

describe('postcodes', () => {
  test.each([
    ['US', '02138', '02138'],
    ['US', ' 2138', '02138'],
    ['US', '02138-1234', '02138'],
    ['US', '021381234', null],
    ['AU', '0872', '0872'],
    ['AU', '872', '0872'],
    ['AU', '08720', null],
    ['FR', '01 400', '01400'],
    ['FR', '1400', '01400'],
    ['CA', 'k1a 0a6', 'K1A0A6'],
    ['CA', 'K1A', 'K1A'],
    ['CA', 'K1', null],
    ['GB', 'sw1a 1aa', 'SW1A1AA'],
    ['NZ', '៦០១១', '6011'],
    ['NZ', '６０１１', '6011'],
    ['NZ', 'Wellington', null],
    ['NZ', '', null],
  ])('%s %j is %j', (country, text, code) => {
    expect(normalizePostcode(country, text)).toBe(code);
  });

  test('a full Canadian code is looked up whole, then by its first part', () => {
    expect(lookupCodes('CA', 'K1A0A6')).toEqual(['K1A0A6', 'K1A']);
    expect(lookupCodes('US', '10001')).toEqual(['10001']);
  });
});

describe('tables known by their content', () => {
  const open = sqliteForTests();
  const cases: [string, string, string, object][] = [
    [
      'us-zip-csv',
      'US',
      'zip;state;district\n501;NY;1\n00501;NY;2\n82001;WY;AL\n',
      { postcodes: 2, several: 1, areas: 3 },
    ],
    [
      'au-postcodes-csv',
      'AU',
      'postcode,electorate\n800,Solomon Test\n0800,Lingiari Test\n',
      { postcodes: 1, several: 1, areas: 2 },
    ],
    [
      'fr-circonscriptions-json',
      'FR',
      '{"1000":["0101"],"97100":["97101","ZA02"],"20000":["2A01"]}',
      { postcodes: 3, several: 1, areas: 4 },
    ],
    [
      'ca-prefixes-json',
      'CA',
      '{"A0A":{"ridingId":"1","ridingName":"Cape Test"},"A0B":{"ridingName":"Cape—Test"}}',
      { postcodes: 2, several: 0, areas: 1 },
    ],
    [
      'ca-ridings-json',
      'CA',
      '[{"id":"1","name":"Cape Test","postalCodes":["C1A","C1B"]},{"name":"None","postalCodes":[]}]',
      { postcodes: 2, several: 0, areas: 1 },
    ],
    [
      'fr-communes-csv',
      'FR',
      "001;01;L'Essai;04;01400\n055;13;Marseille;01;13004 13005\n055;13;Marseille;02;13005\n",
      { postcodes: 3, several: 1, areas: 3 },
    ],
  ];

  test.each(cases)('%s', async (format, country, text, counts) => {
    const db = await open();
    const dry = await importPostcodes(db, { bytes: utf8(text), country, now: 1, dryRun: true });
    expect(dry).toMatchObject({ ok: true, format, ...counts, refused: [], replaced: false });
    expect(await countRows(db, 'postcodes')).toBe(0);
    expect(await importPostcodes(db, { bytes: utf8(text), country, now: 1 })).toEqual(dry);
    expect(await importPostcodes(db, { bytes: utf8(text), country, now: 2 })).toEqual({
      ...dry,
      replaced: true,
    });
  });
});

forEachDatabase((open) => {
  test('bad tables get one clear line each and change nothing', async () => {
    const db = await open();
    const good = utf8('postcode,electorate\n2031,Kingsford Test\n');
    expect(await importPostcodes(db, { bytes: good, country: 'AU', now: 1 })).toMatchObject({ ok: true });
    const cases: [string, string, RegExp][] = [
      ['', 'AU', /^The file is empty\.$/],
      ['postcode,electorate\n', 'AU', /^The table has no postcode in it\. Nothing was imported\.$/],
      ['postcode,electorate\nabc,X\n', 'AU', /^The table has no postcode in it/],
      ['name,age\nx,1\n', 'AU', /^The file is none of the postcode tables that can be read: .*Australia/],
      ['{"A0A":', 'CA', /^The file looks like JSON and is broken/],
      ['{}', 'FR', /^The file is none of the postcode tables/],
      ['postcode,electorate\n2031,"X\n', 'AU', /^The file could not be read to its end: a quotation mark/],
      [
        'postcode,electorate\n2031,X\n',
        'NZ',
        /^The file is a postcode table for Australia \(AU\), not for New Zealand \(NZ\)\. Nothing was imported\.$/,
      ],
    ];
    for (const [text, country, reason] of cases) {
      const result = await importPostcodes(db, { bytes: utf8(text), country, now: 2 });
      expect(result.ok ? 'taken in' : result.reason, text).toMatch(reason);
    }
    expect(await countRows(db, 'postcodes')).toBe(1);
    expect(await countRows(db, 'imports')).toBe(1);
  });

  test('rows that are no postcode are refused with their line, and what does not fit the members is said', async () => {
    const db = await open();
    const members = ['Bass', 'Bean'].map((Electorate) => ({
      Surname: Electorate,
      'First Name': 'A',
      Electorate,
      State: 'TAS',
    }));
    await importRepresentatives(db, {
      bytes: utf8(aphMembers(members)),
      country: 'AU',
      asOf: '2025-01-01',
      now: 1,
    });
    const text = 'postcode,electorate\n7250,Bass\nx,Bass\n7251,\n7252,Gone\n7250,Bass\n';
    expect(await importPostcodes(db, { bytes: utf8(text), country: 'AU', now: 1 })).toMatchObject({
      postcodes: 2,
      refused: [
        { line: 3, reason: '"x" is no postcode.' },
        { line: 4, reason: '"7251" has no constituency.' },
      ],
      warnings: [
        'In the table, without a member in the directory (1): Gone',
        'In the directory, without a postcode in the table (1): Bean',
      ],
    });
  });
});
