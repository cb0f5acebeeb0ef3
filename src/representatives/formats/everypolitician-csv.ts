import type { Day } from '../../shared/clock.ts';
import { foldForSearch } from '../../shared/text.ts';
import { namedAreaKey, regionCode, regionName } from '../area-keys.ts';
import { readEmailCell } from '../read-contact.ts';
import { type CsvRow, type CsvTable, cellReader, checkWidth, hasColumns } from '../read-csv.ts';
import { includesDay, readDay } from '../read-days.ts';
import { nameWarnings, orNull, readGender, requireArea, requireName } from '../read-names.ts';
import { RowRefused } from '../row-refused.ts';
import {
  type Format,
  type ListedArea,
  type ListedMember,
  type Reading,
  type ReadingOptions,
  readRows,
} from './format.ts';

/** EveryPolitician: one CSV a term, everyone who sat in it, many countries, frozen in 2019. */
export const everypoliticianCsv: Format = {
  id: 'everypolitician-csv',
  country: null,
  describes: 'members of one term of a parliament (EveryPolitician CSV)',
  recognizes: (source) =>
    hasColumns(source.csv(), 'id', 'name', 'sort_name', 'area', 'chamber', 'term', 'start_date', 'end_date'),
  read(source, options) {
    const table = source.csv();
    if (!table) return { members: [], refused: [], warnings: [] };
    const cell = cellReader(table);
    const terms = commonTerms(table, cell);
    const latest = latestTerm(terms);
    const readRow = (row: CsvRow) => {
      checkWidth(row, table.header);
      const term = cell(row, 'term');
      if (!terms.has(term)) throw new RowRefused(`Hardly another row names the term "${term.slice(0, 40)}".`);
      return term === latest ? readMember(row, cell, options) : null;
    };
    return withAgeWarning(
      settleAreas(readRows(table.rows, readRow, (row) => row.cells.join(' '))),
      options.asOf,
    );
  },
};

// A term has a parliament's worth of rows: what stands in a row or two is a mistake, and must not push the others out.
function commonTerms(table: CsvTable, cell: Cell): Set<string> {
  const rows = table.rows.filter((row) => row.cells.length === table.header.length);
  const counts = Map.groupBy(rows, (row) => cell(row, 'term'));
  const most = Math.max(0, ...[...counts.values()].map((inTerm) => inTerm.length));
  const kept = [...counts].filter(([, inTerm]) => inTerm.length * 10 >= most);
  return new Set(kept.map(([term]) => term));
}

// Terms are numbers or years; the one that is higher is later.
function latestTerm(terms: ReadonlySet<string>): string {
  return [...terms].reduce(
    (latest, term) => (term.localeCompare(latest, 'en', { numeric: true }) > 0 ? term : latest),
    '',
  );
}

type Cell = (row: CsvRow, name: string) => string;

function readMember(
  row: CsvRow,
  cell: Cell,
  options: ReadingOptions,
): { member: ListedMember; warnings: string[] } | null {
  const start = readDay(cell(row, 'start_date'), 'first');
  const end = readDay(cell(row, 'end_date'), 'last');
  if (!includesDay(start, end, options.asOf)) return null;
  const name = readTitledName(requireName(cell(row, 'name')));
  const email = readEmailCell(cell(row, 'email'));
  const chamber = cell(row, 'chamber');
  const member: ListedMember = {
    line: row.line,
    ids: cell(row, 'id') ? [{ scheme: 'everypolitician', value: cell(row, 'id') }] : [],
    ...name,
    ...splitName(name.fullName, cell(row, 'sort_name')),
    gender: readGender(cell(row, 'gender')),
    party: orNull(cell(row, 'group')),
    chamber: { id: chamberId(chamber), name: chamber },
    area: readArea(requireArea(cell(row, 'area')), options.country),
    ordinal: null,
    start,
    end,
    website: null,
    offices: email.channel ? [{ kind: 'parliament', label: null, channels: [email.channel] }] : [],
  };
  return { member, warnings: [...nameWarnings(name.fullName), ...(email.warning ? [email.warning] : [])] };
}

// A playbook, where there is one, has the last word on what its chambers are called.
function chamberId(chamber: string): string {
  const folded = foldForSearch(chamber);
  if (/^(senate|senat|senado|senato)/.test(folded)) return 'senate';
  return folded === 'assemblee nationale' ? 'assembly' : 'house';
}

// "Senator Ann Example": the title is no part of the name.
function readTitledName(text: string): { fullName: string; honorific: string | null } {
  const titled = /^(Senator)\s+(.+)$/.exec(text);
  return titled
    ? { fullName: titled[2] ?? text, honorific: titled[1] ?? null }
    : { fullName: text, honorific: null };
}

// Only "Example, Ann" says which part is the family name.
function splitName(
  fullName: string,
  sortName: string,
): { givenName: string | null; familyName: string | null } {
  const [family = '', given = ''] = sortName.split(',').map((part) => part.trim());
  const known = given !== '' && foldForSearch(fullName).includes(foldForSearch(family));
  return known ? { givenName: given, familyName: family } : { givenName: null, familyName: null };
}

function readArea(text: string, country: string): ListedArea {
  const list = /^((party|national|federal) )?list$/i.test(text);
  if (list) return { key: 'list', name: text, regionKey: null, regionName: null, kind: 'list' };
  const whole = regionCode(country, text);
  if (whole) {
    const name = regionName(country, whole);
    return { key: whole, name, regionKey: whole, regionName: name, kind: 'region' };
  }
  const inner = /^(.+?) \((.+)\)$/.exec(text);
  const region = inner ? regionCode(country, inner[1] ?? '') : null;
  if (!inner || !region) {
    return { key: namedAreaKey(text), name: text, regionKey: null, regionName: null, kind: 'constituency' };
  }
  const name = inner[2] ?? text;
  const regionKeys = { regionKey: region, regionName: regionName(country, region) };
  return { key: namedAreaKey(name), name, ...regionKeys, kind: 'constituency' };
}

/**
 * The format does not say whether an area has one member or several: where one in ten or more has several people,
 * all of them are taken for areas with several seats; where fewer have, the list holds people who have left.
 */
function settleAreas(reading: Reading): Reading {
  const single = reading.members.filter((member) => member.area.kind === 'constituency');
  const areas = [...Map.groupBy(single, (member) => member.area.key).values()];
  const crowded = areas.filter((members) => new Set(members.map(idOf)).size > 1);
  if (crowded.length === 0 || crowded.length * 10 < areas.length) return reading;
  const members = reading.members.map((member) =>
    member.area.kind === 'constituency'
      ? { ...member, area: { ...member.area, kind: 'region' as const } }
      : member,
  );
  return { ...reading, members };
}

function idOf(member: ListedMember): string {
  return member.ids[0]?.value ?? member.fullName;
}

const frozen: Day = '2019-07-01';

function withAgeWarning(reading: Reading, asOf: Day): Reading {
  if (asOf <= frozen) return reading;
  const warning =
    'EveryPolitician was last brought up to date in 2019: an empty end date says that the person served then, not today.';
  return { ...reading, warnings: [warning, ...reading.warnings] };
}
