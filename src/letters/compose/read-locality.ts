/** Postcode and town of a postal address, and the line they stand in. */
export type Locality = { readonly postcode: string; readonly town: string; readonly line: string };

// Canadian and British forms, then digits: "K1A 0A6", "SW1A 0AA", "90802-1234", "75011", "2600".
const anyPostcode: readonly RegExp[] = [
  /\b[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b/i,
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i,
  /\b\d{5}(?:-\d{4})?\b/,
  /\b\d{4}\b/,
  /\b\d{3}[ -]\d{2,4}\b/,
];

/** Where what is written beside the digits belongs to the postcode. */
const postcodeOf: Readonly<Record<string, RegExp>> = {
  GB: /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i,
  IE: /\b[A-Z]\d[\dW] ?[A-Z\d]{4}\b/i,
  JP: /〒?\s?\d{3}-\d{4}(?!\d)/,
  MT: /\b[A-Z]{3} ?\d{4}\b/i,
  NL: /\b\d{4} ?[A-Z]{2}\b/,
  SE: /\b\d{3} ?\d{2}\b/,
};

/** Where the town is what stands before the number of the house. */
const townsBeforeNumbers: ReadonlySet<string> = new Set(['JP', 'KR']);

/**
 * Reads postcode and town off the last line of an address that holds a postcode; a last line that names only
 * a country is passed over. Null where no line has both.
 * @param country whose form of postcode is looked for first; any form where left out
 */
export function readLocality(address: readonly string[], country = ''): Locality | null {
  const own = postcodeOf[country];
  const patterns = own ? [own, ...anyPostcode] : anyPostcode;
  for (const [at, line] of [...address.entries()].reverse()) {
    const locality =
      readLine(line, patterns, townsBeforeNumbers.has(country)) ?? readAlone(line, address[at - 1], own);
    if (locality) return locality;
  }
  return null;
}

// In Britain and Ireland the postcode may have a line of its own, under that of the town.
function readAlone(line: string, above: string | undefined, own: RegExp | undefined): Locality | null {
  const postcode = own?.exec(line)?.[0];
  const town = townIn(above ?? '');
  return postcode === line.trim() && town ? { postcode, town, line: `${town} ${postcode}` } : null;
}

function readLine(line: string, patterns: readonly RegExp[], beforeNumber: boolean): Locality | null {
  for (const pattern of patterns) {
    const matches = [...line.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))];
    const match = matches.at(-1);
    if (!match) continue;
    const before = townIn(line.slice(0, match.index));
    // French and German towns follow their postcode.
    const after = line.slice(match.index + match[0].length);
    const town = townIn(beforeNumber ? (/^[^\d]*/.exec(after)?.[0] ?? '') : after) || before;
    if (town) return localityOf(line, match.index, match[0], town);
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

function localityOf(line: string, at: number, written: string, town: string): Locality {
  const postcode = written.replace(/^〒\s?/, '');
  return { postcode, town, line: localityLine(line, at, written, town) };
}

// "12 Main Street, Long Beach, CA 90802" on one line: the part from the town on.
function localityLine(line: string, postcodeAt: number, postcode: string, town: string): string {
  const townAt = line.lastIndexOf(town);
  const start = Math.min(townAt, postcodeAt);
  const end = Math.max(townAt + town.length, postcodeAt + postcode.length);
  return line.slice(start, end).trim();
}
