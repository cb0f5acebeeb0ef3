import { usDistrictKey, usDistrictName } from '../area-keys.ts';
import { normalizePostcode } from '../postcodes.ts';
import { type CsvTable, cellReader } from '../read-csv.ts';
import { createCollector, type PostcodeFormat } from './postcode-format.ts';

/** ZIP codes (census areas) and congressional districts, a row a pair; at large is 0. */
export const usZipCsv: PostcodeFormat = {
  id: 'us-zip-csv',
  country: 'US',
  describes: 'ZIP codes and congressional districts (CSV with state, ZIP and district)',
  lossy: false,
  recognizes: (source) => columnsOf(source.csv()) !== null,
  read(source) {
    const table = source.csv();
    const columns = columnsOf(table);
    const collector = createCollector();
    if (!table || !columns) return collector.table();
    const cell = cellReader(table);
    for (const row of table.rows) {
      const zip = cell(row, columns.zip);
      const regionKey = cell(row, columns.state).toUpperCase();
      const key = usDistrictKey(regionKey, cell(row, columns.district));
      const area = key ? { key, name: usDistrictName(key), regionKey } : null;
      collector.add(row.line, normalizePostcode('US', zip), area, zip);
    }
    return collector.table();
  },
};

function columnsOf(table: CsvTable | null): { zip: string; state: string; district: string } | null {
  const find = (...names: string[]) => names.find((name) => table?.header.includes(name));
  const zip = find('zcta', 'zip', 'zipcode', 'zip_code', 'zcta5');
  const state = find('state_abbr', 'state', 'stateabbr');
  const district = find('cd', 'district', 'congressional_district');
  return zip && state && district ? { zip, state, district } : null;
}
