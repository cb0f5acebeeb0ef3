import { countryName } from '../shared/countries.ts';
import { foldForSearch } from '../shared/text.ts';
import type { Format, ListedMember } from './formats/format.ts';
import type { CsvTable } from './read-csv.ts';

/** Chambers whose name tells the country. */
const chamberCountries: Readonly<Record<string, readonly string[]>> = {
  'house of commons': ['CA', 'GB'],
  'house of lords': ['GB'],
  'new zealand parliament': ['NZ'],
  riksdag: ['SE'],
  riksdagen: ['SE'],
  folketing: ['DK'],
  folketinget: ['DK'],
  stortinget: ['NO'],
  storting: ['NO'],
  bundestag: ['DE'],
  eduskunta: ['FI'],
  althing: ['IS'],
  sejm: ['PL'],
  knesset: ['IL'],
  dail: ['IE'],
  'dail eireann': ['IE'],
  'lok sabha': ['IN'],
  'rajya sabha': ['IN'],
  'dewan rakyat': ['MY'],
  'dewan negara': ['MY'],
  'tweede kamer': ['NL'],
  nationalrat: ['AT', 'CH'],
};

const topLevelCountries: Readonly<Record<string, string>> = { uk: 'GB', el: 'GR' };

/**
 * Whether a list is another country's than it was offered for: by its format, by the codes of its areas, by the
 * name of its chamber, by the domains of its addresses.
 * @returns the reason to refuse it, or null.
 */
export function foreignList(
  format: Format,
  table: CsvTable | null,
  members: readonly ListedMember[],
  country: string,
): string | null {
  const said = (found: string) =>
    `The file is a list for ${describeCountry(found)}, not for ${describeCountry(country)}. Nothing was imported.`;
  if (format.country !== null) return format.country === country ? null : said(format.country);
  const coded = areaCodeCountry(table);
  if (coded) return coded === country ? null : said(coded);
  const chambers = new Set(
    members.flatMap((member) => chamberCountries[foldForSearch(member.chamber.name)] ?? []),
  );
  if (chambers.size > 0 && !chambers.has(country)) return said([...chambers][0] ?? country);
  const mailed = mailCountry(members);
  return mailed && mailed !== country ? said(mailed) : null;
}

/** 'NZ' → 'New Zealand (NZ)'. */
export function describeCountry(code: string): string {
  return `${countryName(code, 'en')} (${code})`;
}

// "ocd-division/country:se/constituency:…"
function areaCodeCountry(table: CsvTable | null): string | null {
  const cell = table?.rows[0]?.cells.find((text) => text.startsWith('ocd-division/country:'));
  return /country:([a-z]{2})\b/.exec(cell ?? '')?.[1]?.toUpperCase() ?? null;
}

// The country under whose domain nearly all addresses are. A few prove nothing.
function mailCountry(members: readonly ListedMember[]): string | null {
  const domains = members
    .flatMap((member) => member.offices.flatMap((office) => office.channels))
    .filter((channel) => channel.kind === 'email')
    .map((channel) => channel.value.slice(channel.value.lastIndexOf('.') + 1).toLowerCase());
  const [most] = [...Map.groupBy(domains, (domain) => domain)].sort((a, b) => b[1].length - a[1].length);
  const [domain, uses] = most ?? ['', []];
  if (domain.length !== 2 || uses.length < 5 || uses.length < domains.length * 0.8) return null;
  return topLevelCountries[domain] ?? domain.toUpperCase();
}
