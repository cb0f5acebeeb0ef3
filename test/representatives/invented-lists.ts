import { existsSync, readFileSync } from 'node:fs';

/** Lists in the shapes that are really out there, with people who are not. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Text as Windows-1252 writes it, for the characters used here. */
export function windows1252(text: string): Uint8Array {
  const special: Record<string, number> = { '—': 0x97, '’': 0x92 };
  return Uint8Array.from([...text].map((character) => special[character] ?? character.charCodeAt(0)));
}

type Fields = Record<string, string>;

function csv(header: readonly string[], rows: readonly Fields[], separator = ','): string {
  const quote = (cell: string) => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((row) => header.map((name) => quote(row[name] ?? '')).join(separator));
  return `${[header.join(separator), ...lines].join('\n')}\n`;
}

export const everypoliticianHeader =
  'id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,end_date,image,gender';

export function everypolitician(rows: readonly Fields[], common: Fields = {}): string {
  return csv(
    everypoliticianHeader.split(','),
    rows.map((row) => ({
      chamber: 'New Zealand Parliament',
      term: '51',
      group: 'Kiwi Party',
      ...common,
      ...row,
    })),
  );
}

const aphMembersHeader =
  'Honorific,Salutation,Post Nominals,Surname,First Name,Other Name,Preferred Name,Initials,Electorate,State,Political Party,Gender,Telephone,Electorate Address Line 1,Electorate Address Line 2,Electorate Suburb,Electorate State,Electorate PostCode,Electorate Telephone,Electorate Postal Address,Electorate Postal Suburb,Electorate Postal State,Electorate Postal Postcode,Label Address,Label Suburb,Label State,Label Postcode';

export const aphMembers = (rows: readonly Fields[]): string => csv(aphMembersHeader.split(','), rows);

const aphSenatorsHeader =
  'Title,Salutation,Surname,First Name,Other Name,Preferred Name,Initials,Post Nominals,State,Political Party,Gender,Electorate Address Line 1,Electorate Address Line 2,Electorate Suburb,Electorate State,Electorate PostCode,Electorate Telephone,Label Address,Label Suburb,Label State,Label postcode';

export const aphSenators = (rows: readonly Fields[]): string => csv(aphSenatorsHeader.split(','), rows);

const representHeader =
  'District name,Primary role,Name,First name,Last name,Gender,Party name,Email,Photo URL,Source URL,Website,Office type,Address,Phone,Fax,Office type,Address,Phone,Fax';

/** Rows are cells, since their number differs; row ends are CRLF with LF inside cells. */
export function represent(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell}"` : cell);
  return `${[representHeader, ...rows.map((row) => row.map(quote).join(','))].join('\r\n')}\r\n`;
}

const datanHeader =
  'id,legislature,civ,nom,prenom,naissance,groupe,groupeAbrev,departementNom,departementCode,circo,datePriseFonction,job,mail,twitter,website,dateMaj';

export const datan = (rows: readonly Fields[], separator = ','): string =>
  csv(datanHeader.split(','), rows, separator);

export type InventedMember = {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly gender?: string;
  readonly terms: readonly Record<string, string | number>[];
};

export function congressJson(members: readonly InventedMember[]): string {
  const people = members.map(({ id, first, last, gender, terms }) => ({
    id: { bioguide: id },
    name: { first, last, official_full: `${first} ${last}` },
    bio: gender ? { gender } : {},
    terms,
  }));
  return JSON.stringify(people, null, 2);
}

export function congressYaml(members: readonly InventedMember[]): string {
  const term = (fields: Record<string, string | number>) =>
    Object.entries(fields)
      .map(
        ([name, value], place) =>
          `  ${place === 0 ? '- ' : '  '}${name}: ${typeof value === 'number' ? value : `'${value}'`}`,
      )
      .join('\n');
  return members
    .map(
      ({ id, first, last, gender, terms }) =>
        `- id:\n    bioguide: ${id}\n  name:\n    first: ${first}\n    last: ${last}\n` +
        `  bio:\n    gender: ${gender ?? 'F'}\n  terms:\n${terms.map(term).join('\n')}\n`,
    )
    .join('');
}

/** Two House seats and both senators of New York, one at-large seat, one who left long ago. */
export const invented = {
  house12: {
    id: 'A000001',
    first: 'Ada',
    last: 'Example',
    gender: 'F',
    terms: [
      { type: 'rep', start: '2019-01-03', end: '2021-01-03', state: 'NJ', district: 3, party: 'Old' },
      {
        type: 'rep',
        start: '2025-01-03',
        end: '2027-01-03',
        state: 'NY',
        district: 12,
        party: 'Blue',
        address: '12 Sample House Office Building Washington DC 20515',
        office: '12 Sample House Office Building',
        phone: '202-555-0112',
        url: 'https://example.house.example.org',
      },
    ],
  },
  house10: {
    id: 'A000002',
    first: 'Ben',
    last: 'Sample',
    gender: 'M',
    terms: [
      { type: 'rep', start: '2025-01-03', end: '2027-01-03', state: 'NY', district: 10, party: 'Blue' },
    ],
  },
  senator1: {
    id: 'A000003',
    first: 'Cleo',
    last: 'Van Model',
    gender: 'F',
    terms: [
      {
        type: 'sen',
        start: '2025-01-03',
        end: '2031-01-03',
        state: 'NY',
        class: 1,
        party: 'Red',
        contact_form: 'https://www.model.senate.example.org/contact',
      },
    ],
  },
  senator3: {
    id: 'A000004',
    first: 'Dan',
    last: 'Muster',
    gender: 'M',
    terms: [{ type: 'sen', start: '2023-01-03', end: '2029-01-03', state: 'NY', class: 3, party: 'Red' }],
  },
  atLarge: {
    id: 'A000005',
    first: 'Eve',
    last: 'Proof',
    gender: 'F',
    terms: [{ type: 'rep', start: '2025-01-03', end: '2027-01-03', state: 'WY', district: 0, party: 'Red' }],
  },
  former: {
    id: 'A000006',
    first: 'Fay',
    last: 'Gone',
    gender: 'F',
    terms: [
      { type: 'sen', start: '2019-01-03', end: '2031-01-03', state: 'OH', class: 1, party: 'Red' },
      { type: 'rep', start: '2021-01-03', end: '2023-01-03', state: 'OH', district: 1, party: 'Red' },
    ],
  },
} satisfies Record<string, InventedMember>;

export const congressDay = '2026-06-15';

const shared = new URL('../../../shared/data/', import.meta.url);

/** Whether the folder of real files is there; says so once where it is not. */
export function hasSharedData(): boolean {
  const there = existsSync(shared);
  if (!there) console.log('skipped: ../shared/data is not there, so real files are not counted');
  return there;
}

export const sharedFile = (path: string): Uint8Array => readFileSync(new URL(path, shared));
