import { aphMembersCsv } from './aph-members-csv.ts';
import { aphSenatorsCsv } from './aph-senators-csv.ts';
import { congressLegislators } from './congress-legislators.ts';
import { datanCsv } from './datan-csv.ts';
import { everypoliticianCsv } from './everypolitician-csv.ts';
import type { Format } from './format.ts';
import { representCsv } from './represent-csv.ts';

/** Every format of lists that can be read, in the order in which they are tried. */
export const knownFormats: readonly Format[] = [
  congressLegislators,
  everypoliticianCsv,
  aphMembersCsv,
  aphSenatorsCsv,
  representCsv,
  datanCsv,
];
