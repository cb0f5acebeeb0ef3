import { auPostcodesCsv } from './au-postcodes-csv.ts';
import { caPrefixesJson, caRidingsJson } from './ca-prefixes-json.ts';
import { frCirconscriptionsJson } from './fr-circonscriptions-json.ts';
import { frCommunesCsv } from './fr-communes-csv.ts';
import type { PostcodeFormat } from './postcode-format.ts';
import { usZipCsv } from './us-zip-csv.ts';

/** Every shape of postcode table that can be read, in the order in which they are tried. */
export const knownPostcodeFormats: readonly PostcodeFormat[] = [
  usZipCsv,
  auPostcodesCsv,
  frCirconscriptionsJson,
  caPrefixesJson,
  caRidingsJson,
  frCommunesCsv,
];
