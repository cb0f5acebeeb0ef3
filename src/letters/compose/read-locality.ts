import type { Layout } from '../../campaign/campaign-types.ts';

/** Postcode and town of a postal address, and the line they stand in. */
export type Locality = { readonly postcode: string; readonly town: string; readonly line: string };

// Canadian and British forms, then digits: "K1A 0A6", "SW1A 0AA", "90802-1234", "75011", "2600".
const postcodePatterns: readonly RegExp[] = [
  /\b[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b/i,
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i,
  /\b\d{5}(?:-\d{4})?\b/,
  /\b\d{4}\b/,
  /\b\d{3}[ -]\d{2,4}\b/,
];

/** Whether addresses in countries of a layout put the postcode before the town. */
export function putsPostcodeFirst(layout: Layout): boolean {
  return layout === 'french' || layout === 'german';
}

/**
 * Reads postcode and town off the last line of an address that holds a postcode; a last line that names only
 * a country is passed over. Null where no line has both.
 */
export function readLocality(address: readonly string[]): Locality | null {
  for (const line of address.toReversed()) {
    const locality = readLine(line);
    if (locality) return locality;
  }
  return null;
}

function readLine(line: string): Locality | null {
  for (const pattern of postcodePatterns) {
    const matches = [...line.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))];
    const match = matches.at(-1);
    if (!match) continue;
    const before = townIn(line.slice(0, match.index));
    // French and German towns follow their postcode.
    const town = townIn(line.slice(match.index + match[0].length)) || before;
    if (town) return { postcode: match[0], town, line: localityLine(line, match.index, match[0], town) };
  }
  return null;
}

// The town is what stands between the last comma and the postcode, without an abbreviated state or province.
function townIn(text: string): string {
  const pieces = text
    .split(',')
    .map((piece) => piece.replace(/\([^)]*\)/g, '').trim())
    .filter((piece) => piece !== '');
  const last = pieces.at(-1) ?? '';
  const town =
    isRegion(last) && pieces.length > 1 ? (pieces.at(-2) ?? '') : last.replace(/\s+[A-Z]{2,3}\.?$/, '');
  return /\p{L}{2}/u.test(town) && !isRegion(town) ? town : '';
}

function isRegion(text: string): boolean {
  return /^[A-Z]{2,3}\.?$/.test(text);
}

// "12 Main Street, Long Beach, CA 90802" on one line: the part from the town on.
function localityLine(line: string, postcodeAt: number, postcode: string, town: string): string {
  const townAt = line.lastIndexOf(town);
  const start = Math.min(townAt, postcodeAt);
  const end = Math.max(townAt + town.length, postcodeAt + postcode.length);
  return line.slice(start, end).trim();
}
