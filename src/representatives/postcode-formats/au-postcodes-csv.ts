import { namedAreaKey } from '../area-keys.ts';
import { normalizePostcode } from '../postcodes.ts';
import { cellReader, hasColumns } from '../read-csv.ts';
import { createCollector, type PostcodeFormat } from './postcode-format.ts';

/** Postcodes and electorates of Australia, a row a pair. */
export const auPostcodesCsv: PostcodeFormat = {
  id: 'au-postcodes-csv',
  country: 'AU',
  describes: 'postcodes and electorates of Australia (CSV with postcode and electorate)',
  lossy: false,
  recognizes: (source) => hasColumns(source.csv(), 'postcode', 'electorate'),
  read(source) {
    const table = source.csv();
    const collector = createCollector();
    if (!table) return collector.table();
    const cell = cellReader(table);
    for (const row of table.rows) {
      const code = cell(row, 'postcode');
      const name = cell(row, 'electorate');
      const area = name ? { key: namedAreaKey(name), name } : null;
      collector.add(row.line, normalizePostcode('AU', code), area, code);
    }
    return collector.table();
  },
};
