import { cleanLines } from '../../shared/text.ts';
import { namedAreaKey, regionCode, regionName } from '../area-keys.ts';
import { phoneChannel, postChannel, readEmailCell, readLink } from '../read-contact.ts';
import { type CsvRow, type CsvTable, cellReader, checkWidth, hasColumns } from '../read-csv.ts';
import { nameWarnings, orNull, readGender, requireArea, requireName } from '../read-names.ts';
import { RowRefused } from '../row-refused.ts';
import { type Format, type ListedMember, type ListedOffice, readRows } from './format.ts';

/** Represent (Open North, Canada): a row a member, then one group of columns an office, so rows differ in length. */
export const representCsv: Format = {
  id: 'represent-csv',
  country: 'CA',
  describes: 'members of the House of Commons of Canada (Represent CSV)',
  recognizes(source) {
    const table = source.csv();
    if (!hasColumns(table, 'district name', 'primary role', 'party name', 'email')) return false;
    return table.header.includes('name') || hasColumns(table, 'first name', 'last name');
  },
  read(source) {
    const table = source.csv();
    if (!table) return { members: [], refused: [], warnings: [] };
    return readRows(table.rows, createMemberReader(table), (row) => row.cells.join(' '));
  },
};

type Cell = (row: CsvRow, name: string) => string;

function createMemberReader(table: CsvTable): (row: CsvRow) => { member: ListedMember; warnings: string[] } {
  const cell = cellReader(table);
  const groups = officeGroups(table.header);
  const fewest = table.header.indexOf('email') + 1;
  return (row) => {
    checkWidth(row, table.header, fewest);
    const role = cell(row, 'primary role');
    if (!/^(mp|m\.p\.|member of parliament|député|députée)$/i.test(role)) {
      throw new RowRefused(`"${role}" is no member of the House of Commons.`);
    }
    const given = orNull(cell(row, 'first name'));
    const family = orNull(cell(row, 'last name'));
    const fullName = requireName(cell(row, 'name') || [given, family].filter(Boolean).join(' '));
    const email = readEmailCell(cell(row, 'email'));
    const member: ListedMember = {
      line: row.line,
      ids: readIds(cell(row, 'source url')),
      fullName,
      givenName: given,
      familyName: family,
      honorific: null,
      gender: readGender(cell(row, 'gender')),
      party: orNull(cell(row, 'party name')),
      chamber: { id: 'house', name: 'House of Commons' },
      area: readArea(cell(row, 'district name'), cell(row, 'province')),
      ordinal: null,
      start: null,
      end: null,
      website: readLink(cell(row, 'website')),
      offices: addEmail(readOffices(row, cell, groups), email.channel),
    };
    return { member, warnings: [...nameWarnings(fullName), ...(email.warning ? [email.warning] : [])] };
  };
}

function readArea(text: string, province: string): ListedMember['area'] {
  const name = requireArea(text);
  const region = regionCode('CA', province);
  const regionKeys = { regionKey: region, regionName: region && regionName('CA', region) };
  return { key: namedAreaKey(name), name, ...regionKeys, kind: 'constituency' };
}

// The id of the Parliament of Canada ends the link to the member's own page, in brackets.
function readIds(link: string): ListedMember['ids'] {
  const id = /\((\d+)\)\/?$/.exec(link)?.[1];
  return id ? [{ scheme: 'parl-ca', value: id }] : [];
}

type Group = { readonly type: number; readonly address: number; readonly phone: number };

// "Office type, Address, Phone, Fax" again and again under the same names.
function officeGroups(header: readonly string[]): Group[] {
  const starts = header.flatMap((name, place) => (name === 'office type' ? [place] : []));
  return starts.map((start, turn) => {
    const end = starts[turn + 1] ?? header.length;
    const place = (name: string) => header.findIndex((other, at) => at > start && at < end && other === name);
    return { type: start, address: place('address'), phone: place('phone') };
  });
}

function readOffices(row: CsvRow, cell: Cell, groups: readonly Group[]): ListedOffice[] {
  if (groups.length === 0) return readTemplateOffice(row, cell);
  return groups.flatMap((group) => {
    const type = row.cells[group.type]?.trim().toLowerCase() ?? '';
    const kind = type === 'legislature' ? 'parliament' : 'constituency';
    const channels = [
      ...postChannel(cleanLines(row.cells[group.address] ?? '').split('\n')),
      ...phoneChannel(row.cells[group.phone] ?? ''),
    ];
    return channels.length > 0 ? [{ kind, label: null, channels } as const] : [];
  });
}

// The blank template that publishers fill has one office, an address part a column.
function readTemplateOffice(row: CsvRow, cell: Cell): ListedOffice[] {
  const town = ['locality', 'province', 'postal code']
    .map((name) => cell(row, name))
    .filter(Boolean)
    .join(' ');
  const channels = [
    ...postChannel([cell(row, 'address line 1'), cell(row, 'address line 2'), town]),
    ...phoneChannel(cell(row, 'phone')),
  ];
  return channels.length > 0 ? [{ kind: 'constituency', label: null, channels }] : [];
}

function addEmail(
  offices: readonly ListedOffice[],
  email: ListedOffice['channels'][number] | null,
): ListedOffice[] {
  if (!email) return [...offices];
  const place = offices.findIndex((office) => office.kind === 'parliament');
  if (place < 0) return [{ kind: 'parliament', label: null, channels: [email] }, ...offices];
  return offices.map((office, at) =>
    at === place ? { ...office, channels: [email, ...office.channels] } : office,
  );
}
