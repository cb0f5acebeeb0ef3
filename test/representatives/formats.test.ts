import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/representatives/formats/format.ts';
import { knownFormats } from '../../src/representatives/formats/known-formats.ts';
import { readSource } from '../../src/representatives/read-source.ts';
import {
  aphMembers,
  aphSenators,
  congressDay,
  congressJson,
  congressYaml,
  datan,
  everypolitician,
  everypoliticianHeader,
  invented,
  represent,
  utf8,
  windows1252,
} from './invented-lists.ts';

function read(
  bytes: Uint8Array,
  country: string,
  asOf = '2026-06-15',
): Reading & { format: string; encoding: string } {
  const opened = readSource(bytes);
  if (!opened.ok) throw new Error(opened.reason);
  const fitting = knownFormats.filter((format) => format.recognizes(opened.source));
  expect(
    fitting.map((format) => format.id),
    'one format recognizes the text',
  ).toHaveLength(1);
  const [format] = fitting;
  return {
    ...format!.read(opened.source, { country, asOf }),
    format: format!.id,
    encoding: opened.source.encoding,
  };
}

describe('congress-legislators', () => {
  const everyone = Object.values(invented);

  test.each([
    ['YAML', congressYaml(everyone)],
    ['JSON', congressJson(everyone)],
  ])('reads %s: the last term only, and only those serving on the day', (_shape, text) => {
    const { format, members, refused } = read(utf8(text), 'US', congressDay);
    expect(format).toBe('congress-legislators');
    expect(refused).toEqual([]);
    expect(members.map((member) => member.fullName)).toEqual([
      'Ada Example',
      'Ben Sample',
      'Cleo Van Model',
      'Dan Muster',
      'Eve Proof',
    ]);
  });

  test('gives districts, states, classes and the channels an office has', () => {
    const [ada, , cleo, dan, eve] = read(utf8(congressJson(everyone)), 'US', congressDay).members;
    expect(ada).toMatchObject({
      familyName: 'Example',
      gender: 'f',
      party: 'Blue',
      chamber: { id: 'house' },
      area: { key: 'NY-12', name: 'New York’s 12th District', regionKey: 'NY', kind: 'constituency' },
      website: 'https://example.house.example.org/',
    });
    expect(ada?.offices[0]?.channels).toEqual([
      { kind: 'post', value: '12 Sample House Office Building\nWashington DC 20515' },
      { kind: 'phone', value: '202-555-0112' },
    ]);
    expect(cleo).toMatchObject({ familyName: 'Van Model', ordinal: 1, area: { key: 'NY', kind: 'region' } });
    expect(cleo?.offices[0]?.channels).toEqual([
      { kind: 'form', value: 'https://www.model.senate.example.org/contact' },
    ]);
    expect(dan).toMatchObject({ ordinal: 3, chamber: { id: 'senate' } });
    expect(eve?.area).toMatchObject({ key: 'WY-0', name: 'Wyoming’s At-Large District' });
  });

  test('a term that ends on the day has ended, one that begins on it has begun', () => {
    expect(read(utf8(congressYaml([invented.house12])), 'US', '2027-01-03').members).toEqual([]);
    expect(read(utf8(congressYaml([invented.house12])), 'US', '2027-01-02').members).toHaveLength(1);
    expect(read(utf8(congressYaml([invented.house12])), 'US', '2025-01-03').members).toHaveLength(1);
    expect(read(utf8(congressYaml([invented.house12])), 'US', '2025-01-02').members).toEqual([]);
  });

  test('a broken entry is refused with its line and the others are read', () => {
    const broken = "- id:\n    bioguide: 'B1\n  name: {first: [\n  terms: ]\n";
    const text = `${congressYaml([invented.house12])}${broken}${congressYaml([invented.atLarge])}`;
    const line = congressYaml([invented.house12]).split('\n').length;
    const { members, refused } = read(utf8(text), 'US', congressDay);
    expect(members).toHaveLength(2);
    expect(refused).toMatchObject([{ line, reason: 'The entry is no YAML.' }]);
  });

  test('an entry that lacks what it needs is refused at its line, in JSON too', () => {
    const people = JSON.parse(congressJson([invented.house12, invented.house10, invented.atLarge]));
    delete people[1].name.last;
    people[2].terms[0].district = 'north';
    const text = JSON.stringify(people, null, 2);
    const lineOf = (id: string) => text.slice(0, text.indexOf(id)).split('\n').length - 2;
    const { members, refused } = read(utf8(text), 'US', congressDay);
    expect(members).toHaveLength(1);
    expect(refused).toMatchObject([
      { line: lineOf('A000002'), reason: 'The entry is not as this format has it: see "name.last".' },
      { line: lineOf('A000005'), reason: '"WY north" is no district.' },
    ]);
  });

  test('an alias bomb is refused, not unfolded', () => {
    const bomb = `- id: &a [x, x]\n  name: [*a, *a]\n  terms: [*a]\n`;
    const { refused } = read(utf8(congressYaml([invented.house12]) + bomb), 'US', congressDay);
    expect(refused).toHaveLength(1);
  });
});

describe('EveryPolitician CSV', () => {
  const rows = [
    {
      id: 'u1',
      name: 'Mere Tester',
      sort_name: 'Tester, Mere',
      email: 'mere.tester@parliament.govt.nz',
      area: 'Wairoa',
      gender: 'female',
    },
    { id: 'u2', name: 'Ned Former', area: 'Selwyn', end_date: '2015-03-01', gender: 'male' },
    { id: 'u3', name: 'Olive Follower', area: 'Selwyn', start_date: '2015-03-02' },
    { id: 'u4', name: 'Pat Lister', area: 'List', gender: 'other' },
    { id: 'u5', name: 'Quin Earlier', area: 'Wairoa', term: '50' },
  ];

  test('takes those serving on the day, of the latest term', () => {
    const names = (asOf: string) =>
      read(utf8(everypolitician(rows)), 'NZ', asOf).members.map((member) => member.fullName);
    expect(names('2015-06-01')).toEqual(['Mere Tester', 'Olive Follower', 'Pat Lister']);
    expect(names('2015-03-01')).toEqual(['Mere Tester', 'Ned Former', 'Pat Lister']);
  });

  test('gives the family name only where the list says which part it is, and no gender that is not said', () => {
    const [mere, olive, pat] = read(utf8(everypolitician(rows)), 'NZ', '2015-06-01').members;
    expect(mere).toMatchObject({ familyName: 'Tester', givenName: 'Mere', gender: 'f' });
    expect(olive).toMatchObject({ familyName: null, gender: 'unknown' });
    expect(pat).toMatchObject({ gender: 'x', area: { key: 'list', kind: 'list' } });
  });

  test('takes a title off the name and knows states by name or code', () => {
    const text = everypolitician([{ id: 'a', name: 'Senator Una Ocker', area: 'Western Australia' }], {
      chamber: 'Senate',
    });
    expect(read(utf8(text), 'AU', '2015-06-01').members[0]).toMatchObject({
      fullName: 'Una Ocker',
      honorific: 'Senator',
      chamber: { id: 'senate' },
      area: { key: 'WA', kind: 'region' },
    });
  });

  test('takes the province off a riding', () => {
    const text = everypolitician([{ id: 'c', name: 'Val Maple', area: 'Ontario (York South—Weston)' }], {
      chamber: 'House of Commons',
    });
    expect(read(utf8(text), 'CA', '2015-06-01').members[0]?.area).toEqual({
      key: 'york south weston',
      name: 'York South—Weston',
      regionKey: 'ON',
      regionName: 'Ontario',
      kind: 'constituency',
    });
  });

  test('areas with several members are regions', () => {
    const text = everypolitician(
      ['Nord', 'Nord', 'Sud', 'Sud'].map((area, place) => ({
        id: `f${place}`,
        name: `Person ${'ABCD'[place]}`,
        area,
      })),
    );
    expect(
      read(utf8(text), 'FR', '2015-06-01').members.every((member) => member.area.kind === 'region'),
    ).toBe(true);
  });

  test('refuses a row of 40 cells, a row cut short and a day that is none, each with its line', () => {
    const sound = everypolitician([rows[0]!]);
    const wide = Array.from({ length: 40 }, (_, place) => `c${place}`).join(',');
    const badDay = everypolitician([{ id: 'x', name: 'Wes Wrong', area: 'Taupo', start_date: 'soon' }]).split(
      '\n',
    )[1];
    const { members, refused } = read(
      utf8(`${sound}${wide}\nu9,Cut Short,\n${badDay}\n`),
      'NZ',
      '2015-06-01',
    );
    expect(members).toHaveLength(1);
    expect(refused.map(({ line, reason }) => ({ line, reason }))).toEqual([
      { line: 3, reason: 'The row has 40 cells where the header has 16.' },
      { line: 4, reason: 'The row has 3 cells where the header has 16.' },
      { line: 5, reason: '"soon" is no day.' },
    ]);
  });

  test('a mistake in the term of one row pushes nobody out', () => {
    const many = Array.from({ length: 12 }, (_, place) => ({
      id: `m${place}`,
      name: `Member ${'ABCDEFGHIJKL'[place]}`,
      area: `Area ${place}`,
    }));
    const { members, refused } = read(
      utf8(everypolitician([...many, { ...rows[0], term: '511' }])),
      'NZ',
      '2015-06-01',
    );
    expect(members).toHaveLength(12);
    expect(refused).toMatchObject([{ line: 14, reason: 'Hardly another row names the term "511".' }]);
  });

  test('passes over a repeated header, empty rows and rows of separators, and counts lines right', () => {
    const [header, row] = everypolitician([rows[0]!]).split('\n');
    const text = `\ufeff${header}\r\n\r\n${row}\r\n,,,,,,,,,,,,,,,\r\n${header}\r\nu9,"Zoe\r\nBroken",x\r\n,,\r\nu8,short\r\n`;
    const { members, refused } = read(utf8(text), 'NZ', '2015-06-01');
    expect(members).toMatchObject([{ fullName: 'Mere Tester', line: 3 }]);
    expect(refused.map((refusal) => refusal.line)).toEqual([6, 9]);
  });

  test.each([';', '\t', '|'])('reads columns separated by %j', (separator) => {
    const text = everypolitician([rows[0]!])
      .replaceAll(/,(?! Mere)/g, separator)
      .replaceAll('"', '');
    expect(text.startsWith(everypoliticianHeader.replaceAll(',', separator))).toBe(true);
    expect(read(utf8(text), 'NZ', '2015-06-01').members).toMatchObject([
      { fullName: 'Mere Tester', familyName: 'Tester' },
    ]);
  });

  test('says that the source is frozen when it is asked about later days', () => {
    expect(read(utf8(everypolitician(rows)), 'NZ', '2026-06-01').warnings[0]).toContain('2019');
    expect(read(utf8(everypolitician(rows)), 'NZ', '2015-06-01').warnings).toEqual([]);
  });

  test.each([
    ['mailto:Ann.Other@Parliament.GOVT.nz', 'Ann.Other@parliament.govt.nz', 0],
    ['ann@one.example, ann@two.example', undefined, 1],
    ['No email found', undefined, 1],
    ['ann.other[at]parliament.govt.nz', undefined, 1],
    ['ann@parl.example> <evil@evil.example', undefined, 1],
    ['', undefined, 0],
    ['null', undefined, 0],
  ])('an e-mail cell "%s" becomes %s', (cell, address, warned) => {
    const { members, warnings } = read(
      utf8(everypolitician([{ ...rows[0], email: cell }])),
      'NZ',
      '2015-06-01',
    );
    expect(members[0]?.offices[0]?.channels[0]?.value).toBe(address);
    expect(warnings).toHaveLength(warned);
    if (warned) expect(warnings[0]).toMatch(/^line 2: .*left out$/);
  });

  test('a link in an e-mail cell is a form', () => {
    const { members } = read(
      utf8(everypolitician([{ ...rows[0], email: 'https://mp.example.org/contact' }])),
      'NZ',
      '2015-06-01',
    );
    expect(members[0]?.offices[0]?.channels).toEqual([
      { kind: 'form', value: 'https://mp.example.org/contact' },
    ]);
  });
});

describe('the contact lists of the Parliament of Australia', () => {
  const member = {
    Honorific: 'Hon Dr',
    Surname: "O'Sample",
    'First Name': 'Gwendolyn',
    'Preferred Name': 'Gwen',
    Electorate: 'Kingsford Test',
    State: 'NSW',
    'Political Party': 'ABC',
    Gender: 'Female',
    Telephone: '(02) 5550 0001',
    'Electorate Address Line 1': '1 High Street',
    'Electorate Suburb': 'Testville',
    'Electorate State': 'NSW',
    'Electorate PostCode': '2999',
    'Electorate Telephone': '(02) 5550 0002',
    'Electorate Postal Address': 'PO Box 7',
    'Electorate Postal Suburb': 'Testville',
    'Electorate Postal State': 'NSW',
    'Electorate Postal Postcode': '2999',
  };

  test('members have an electorate, a state, a postal address and two telephones, and no e-mail', () => {
    const { format, members } = read(utf8(aphMembers([member])), 'AU');
    expect(format).toBe('aph-members-csv');
    expect(members[0]).toMatchObject({
      fullName: "Gwen O'Sample",
      familyName: "O'Sample",
      honorific: 'Hon Dr',
      area: {
        key: 'kingsford test',
        name: 'Kingsford Test',
        regionKey: 'NSW',
        regionName: 'New South Wales',
      },
    });
    expect(members[0]?.offices).toEqual([
      {
        kind: 'constituency',
        label: 'Testville',
        channels: [
          { kind: 'post', value: 'PO Box 7\nTestville NSW 2999' },
          { kind: 'phone', value: '(02) 5550 0002' },
        ],
      },
      { kind: 'parliament', label: null, channels: [{ kind: 'phone', value: '(02) 5550 0001' }] },
    ]);
  });

  test('without an address for letters the street is taken', () => {
    const { 'Electorate Postal Address': _, ...rest } = member;
    const [first] = read(utf8(aphMembers([rest])), 'AU').members;
    expect(first?.offices[0]?.channels[0]?.value).toBe('1 High Street\nTestville NSW 2999');
  });

  test('senators have a state only; their file is in Windows-1252', () => {
    const senator = {
      Title: 'Senator',
      Surname: 'D’Muster',
      'First Name': 'Hal',
      State: 'TAS',
      'Political Party': 'IND',
      Gender: 'Male',
    };
    const { format, encoding, members } = read(windows1252(aphSenators([senator])), 'AU');
    expect([format, encoding]).toEqual(['aph-senators-csv', 'windows-1252']);
    expect(members[0]).toMatchObject({
      fullName: 'Hal D’Muster',
      chamber: { id: 'senate' },
      area: { key: 'TAS', name: 'Tasmania', kind: 'region' },
    });
  });

  test('a state that is none and a row without a name are refused', () => {
    const rows = [
      member,
      { ...member, State: 'ZZZ' },
      { ...member, Surname: '', 'Preferred Name': '', 'First Name': '' },
    ];
    const { members, refused } = read(utf8(aphMembers(rows)), 'AU');
    expect(members).toHaveLength(1);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [3, '"ZZZ" is no state of Australia.'],
      [4, 'The row has no name.'],
    ]);
  });
});

describe('Represent CSV', () => {
  const row = [
    'Abitibi—Test',
    'MP',
    'Ida Érable',
    'Ida',
    'Érable',
    '',
    'NDP',
    'ida.erable@parl.example.ca',
    '',
    'http://www.parl.example.ca/members/Ida-Erable(35904)',
    'http://idaerable.example.ca',
    'legislature',
    'House of Commons\nOttawa ON  K1A 0A6',
    '1 613 555-0185',
    '1 613 555-0186',
  ];
  const local = ['constituency', '2825 Test Road\nSuite 205\nAbbotsford BC  V2T 6S3', '1 604 555-7888', ''];

  test('reads Windows-1252, repeated column names, rows of different length and line breaks in cells', () => {
    const second = [...row];
    second[0] = 'Zed';
    second[2] = 'Jo Zed';
    const { format, encoding, members } = read(windows1252(represent([[...row, ...local], second])), 'CA');
    expect([format, encoding]).toEqual(['represent-csv', 'windows-1252']);
    expect(members.map((member) => [member.fullName, member.line])).toEqual([
      ['Ida Érable', 2],
      ['Jo Zed', 6],
    ]);
    expect(members[0]).toMatchObject({
      ids: [{ scheme: 'parl-ca', value: '35904' }],
      gender: 'unknown',
      area: { key: 'abitibi test', name: 'Abitibi—Test' },
    });
    expect(members[0]?.offices).toEqual([
      {
        kind: 'parliament',
        label: null,
        channels: [
          { kind: 'email', value: 'ida.erable@parl.example.ca' },
          { kind: 'post', value: 'House of Commons\nOttawa ON K1A 0A6' },
          { kind: 'phone', value: '1 613 555-0185' },
        ],
      },
      {
        kind: 'constituency',
        label: null,
        channels: [
          { kind: 'post', value: '2825 Test Road\nSuite 205\nAbbotsford BC V2T 6S3' },
          { kind: 'phone', value: '1 604 555-7888' },
        ],
      },
    ]);
    expect(members[1]?.offices).toHaveLength(1);
  });

  test('a row that is wider than the header and one of another house are refused', () => {
    const wide = Array.from({ length: 40 }, () => 'x');
    const councillor = [...row];
    councillor[1] = 'Councillor';
    const { members, refused } = read(windows1252(represent([row, wide, councillor])), 'CA');
    expect(members).toHaveLength(1);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'The row has 40 cells where the header has 19.'],
      [5, '"Councillor" is no member of the House of Commons.'],
    ]);
  });
});

describe('Datan CSV', () => {
  const deputy = {
    id: 'PA000001',
    civ: 'Mme',
    nom: 'Dupré-Test',
    prenom: 'Zoé',
    groupe: 'Groupe, Essai',
    departementNom: "Côte-d'or",
    departementCode: '21',
    circo: '4',
    datePriseFonction: '2024-07-08',
    mail: 'Zoe.Dupre@assemblee.example.fr',
    website: 'zoe.example.fr',
  };

  test.each([',', ';'])('reads deputies with "%s" between cells', (separator) => {
    const { format, members } = read(utf8(datan([deputy], separator)), 'FR');
    expect(format).toBe('datan-csv');
    expect(members[0]).toMatchObject({
      fullName: 'Zoé Dupré-Test',
      familyName: 'Dupré-Test',
      gender: 'f',
      party: 'Groupe, Essai',
      area: { key: '21-4', name: "Côte-d'Or (4e circonscription)", regionKey: '21' },
      start: '2024-07-08',
      website: null,
    });
  });

  test.each([
    ['2a', '1', '2A-1'],
    ['01', '02', '1-2'],
    ['974', '7', '974-7'],
    ['ZA', '1', '971-1'],
    ['099', '11', '99-11'],
  ])('department %s and number %s are the constituency %s', (departementCode, circo, key) => {
    expect(read(utf8(datan([{ ...deputy, departementCode, circo }])), 'FR').members[0]?.area.key).toBe(key);
  });

  test('a constituency that is none is refused', () => {
    const { refused } = read(utf8(datan([{ ...deputy, circo: 'x' }])), 'FR');
    expect(refused).toMatchObject([
      { line: 2, reason: 'Department "21", number "x" is no circonscription.' },
    ]);
  });
});
