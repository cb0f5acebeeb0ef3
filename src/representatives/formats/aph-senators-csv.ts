import { hasColumns } from '../read-csv.ts';
import { readAphRows, stateOf } from './aph-csv.ts';
import type { Format } from './format.ts';

/** The contact list of the Senate of Australia: a state has twelve senators, a territory two. */
export const aphSenatorsCsv: Format = {
  id: 'aph-senators-csv',
  country: 'AU',
  describes: 'senators of Australia (contact list of the Parliament)',
  recognizes(source) {
    const table = source.csv();
    if (!hasColumns(table, 'surname', 'first name', 'state', 'political party')) return false;
    return (
      !table.header.includes('electorate') && table.header.some((name) => name.startsWith('electorate '))
    );
  },
  read: (source) =>
    readAphRows(source, (_row, _cell, state) => {
      const region = stateOf(state);
      return {
        chamber: { id: 'senate', name: 'Senate' },
        area: { key: state, name: region.regionName, ...region, kind: 'region' },
      };
    }),
};
