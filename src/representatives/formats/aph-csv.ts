import { regionCode, regionName } from '../area-keys.ts';
import { phoneChannel, postChannel } from '../read-contact.ts';
import { type CsvRow, type CsvTable, cellReader, checkWidth } from '../read-csv.ts';
import { nameWarnings, orNull, readGender, requireName } from '../read-names.ts';
import type { Source } from '../read-source.ts';
import { RowRefused } from '../row-refused.ts';
import { type ListedMember, type ListedOffice, type Reading, readRows } from './format.ts';

/** What the two contact lists of the Parliament of Australia share: names, states and offices. */

type Cell = (row: CsvRow, name: string) => string;
type Seat = Pick<ListedMember, 'chamber' | 'area'>;

/** Reads every row as a member: both lists hold only those who serve on the day of the file. */
export function readAphRows(
  source: Source,
  readSeat: (row: CsvRow, cell: Cell, state: string) => Seat,
): Reading {
  const table = source.csv();
  if (!table) return { members: [], refused: [], warnings: [] };
  const cell = cellReader(table);
  const readRow = (row: CsvRow) => readMember(row, table, cell, readSeat);
  return readRows(table.rows, readRow, (row) => row.cells.join(' '));
}

function readMember(
  row: CsvRow,
  table: CsvTable,
  cell: Cell,
  readSeat: (row: CsvRow, cell: Cell, state: string) => Seat,
): { member: ListedMember; warnings: string[] } {
  checkWidth(row, table.header);
  const state = regionCode('AU', cell(row, 'state'));
  if (!state) throw new RowRefused(`"${cell(row, 'state')}" is no state of Australia.`);
  const given = cell(row, 'preferred name') || cell(row, 'first name');
  const family = cell(row, 'surname');
  const fullName = requireName([given, family].filter(Boolean).join(' '));
  const member: ListedMember = {
    line: row.line,
    ids: [],
    fullName,
    givenName: orNull(given),
    familyName: orNull(family),
    honorific: orNull(cell(row, 'honorific') || cell(row, 'title')),
    gender: readGender(cell(row, 'gender')),
    party: orNull(cell(row, 'political party')),
    ...readSeat(row, cell, state),
    ordinal: null,
    start: null,
    end: null,
    website: null,
    offices: readOffices(row, cell),
  };
  return { member, warnings: nameWarnings(fullName) };
}

function readOffices(row: CsvRow, cell: Cell): ListedOffice[] {
  const parliament: ListedOffice = {
    kind: 'parliament',
    label: null,
    channels: phoneChannel(cell(row, 'telephone')),
  };
  const electorate: ListedOffice = {
    kind: 'constituency',
    label: orNull(cell(row, 'electorate suburb')),
    channels: [...readPost(row, cell), ...phoneChannel(cell(row, 'electorate telephone'))],
  };
  return [electorate, parliament].filter((office) => office.channels.length > 0);
}

// The address for letters where there is one, else the street: two lines as an envelope has them.
function readPost(row: CsvRow, cell: Cell): ListedOffice['channels'] {
  const town = (...names: string[]) =>
    names
      .map((name) => cell(row, name))
      .filter(Boolean)
      .join(' ');
  const street = (...names: string[]) => names.map((name) => cell(row, name));
  const candidates = [
    [
      ...street('electorate postal address'),
      town('electorate postal suburb', 'electorate postal state', 'electorate postal postcode'),
    ],
    [...street('label address'), town('label suburb', 'label state', 'label postcode')],
    [
      ...street('electorate address line 1', 'electorate address line 2'),
      town('electorate suburb', 'electorate state', 'electorate postcode'),
    ],
  ];
  const whole = candidates.find((lines) => lines[0] !== '' && lines.at(-1) !== '');
  return postChannel(whole ?? []);
}

/** The state's key and name, as seats of both chambers keep them. */
export function stateOf(code: string): { readonly regionKey: string; readonly regionName: string } {
  return { regionKey: code, regionName: regionName('AU', code) };
}
