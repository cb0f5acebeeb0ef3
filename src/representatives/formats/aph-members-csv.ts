import { namedAreaKey } from '../area-keys.ts';
import { hasColumns } from '../read-csv.ts';
import { requireArea } from '../read-names.ts';
import { readAphRows, stateOf } from './aph-csv.ts';
import type { Format } from './format.ts';

/** The contact list of the House of Representatives of Australia. */
export const aphMembersCsv: Format = {
  id: 'aph-members-csv',
  country: 'AU',
  describes: 'members of the House of Representatives of Australia (contact list of the Parliament)',
  recognizes: (source) =>
    hasColumns(source.csv(), 'surname', 'first name', 'electorate', 'state', 'political party'),
  read: (source) =>
    readAphRows(source, (row, cell, state) => {
      const name = requireArea(cell(row, 'electorate'));
      return {
        chamber: { id: 'house', name: 'House of Representatives' },
        area: { key: namedAreaKey(name), name, ...stateOf(state), kind: 'constituency' },
      };
    }),
};
