import { frenchConstituencyKey, frenchConstituencyName, frenchDepartment } from '../area-keys.ts';
import { readEmailCell, readLink } from '../read-contact.ts';
import { type CsvRow, type CsvTable, cellReader, checkWidth, hasColumns } from '../read-csv.ts';
import { readDay } from '../read-days.ts';
import { nameWarnings, orNull, readGender, requireName } from '../read-names.ts';
import { RowRefused } from '../row-refused.ts';
import { type Format, type ListedArea, type ListedMember, readRows } from './format.ts';

/** Datan: the sitting deputies of France, a row each, with French headers; some versions mark those who left. */
export const datanCsv: Format = {
  id: 'datan-csv',
  country: 'FR',
  describes: 'deputies of France (Datan CSV)',
  recognizes: (source) => hasColumns(source.csv(), 'nom', 'prenom', 'departementcode', 'circo'),
  read(source, options) {
    const table = source.csv();
    if (!table) return { members: [], refused: [], warnings: [] };
    return readRows(table.rows, createMemberReader(table, options.asOf), (row) => row.cells.join(' '));
  },
};

function createMemberReader(table: CsvTable, asOf: string) {
  const cell = cellReader(table);
  return (row: CsvRow): { member: ListedMember; warnings: string[] } | null => {
    checkWidth(row, table.header);
    const end = readDay(cell(row, 'datefin'), 'last');
    if (cell(row, 'active') === '0' || (end !== null && end < asOf)) return null;
    const given = cell(row, 'prenom');
    const family = cell(row, 'nom');
    const fullName = requireName([given, family].filter(Boolean).join(' '));
    const email = readEmailCell(cell(row, 'mail'));
    const member: ListedMember = {
      line: row.line,
      ids: cell(row, 'id') ? [{ scheme: 'assemblee-nationale', value: cell(row, 'id') }] : [],
      fullName,
      givenName: orNull(given),
      familyName: orNull(family),
      honorific: orNull(cell(row, 'civ')),
      gender: readGender(cell(row, 'civ')),
      party: orNull(cell(row, 'groupe')),
      chamber: { id: 'assembly', name: 'Assemblée nationale' },
      area: readArea(cell(row, 'departementcode'), cell(row, 'circo'), cell(row, 'departementnom')),
      ordinal: null,
      start: readDay(cell(row, 'dateprisefonction'), 'first'),
      end,
      website: readLink(cell(row, 'website')),
      offices: email.channel ? [{ kind: 'parliament', label: null, channels: [email.channel] }] : [],
    };
    return { member, warnings: [...nameWarnings(fullName), ...(email.warning ? [email.warning] : [])] };
  };
}

function readArea(code: string, number: string, departmentName: string): ListedArea {
  const key = frenchConstituencyKey(code, number);
  if (!key) throw new RowRefused(`Department "${code}", number "${number}" is no circonscription.`);
  const department = capitalizeParts(departmentName) || code;
  const region = { regionKey: frenchDepartment(code), regionName: department };
  return { key, name: frenchConstituencyName(department, number), ...region, kind: 'constituency' };
}

// "Val-d'oise", "Haute-corse" at the source.
function capitalizeParts(name: string): string {
  const small = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'et', 'en', 'd', 'l', 'sur']);
  return name.replace(/(?<=[-'’])\p{Ll}[\p{L}]*/gu, (part) =>
    small.has(part) ? part : part.charAt(0).toLocaleUpperCase('fr') + part.slice(1),
  );
}
