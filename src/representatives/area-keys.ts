import { foldForSearch } from '../shared/text.ts';

/**
 * Area keys: what lists of members and postcode tables of a country have in common, so that both lead to the
 * same seat. United States 'NY-12' (at large 'WY-0') and 'NY'; France '33-4'; elsewhere the folded name.
 */

const atLarge = new Set(['0', '00', '98', '99', 'al', 'at large', 'at-large']);

/** 'NY', '12' → 'NY-12'. Every way of writing "at large" becomes 0. Null where that is no district. */
export function usDistrictKey(state: string, district: string): string | null {
  const number = atLarge.has(district.trim().toLowerCase()) ? '0' : district.trim().replace(/^0+/, '');
  return /^[A-Z]{2}$/.test(state) && /^\d{1,2}$/.test(number) ? `${state}-${number}` : null;
}

/** Departments as the letter codes of the Ministry of the Interior and as INSEE writes them. */
const frenchDepartments: Readonly<Record<string, string>> = {
  ZA: '971',
  ZB: '972',
  ZC: '973',
  ZD: '974',
  ZM: '976',
  ZN: '988',
  ZP: '987',
  ZS: '975',
  ZW: '986',
  ZX: '977',
  ZZ: '99',
};

/** '2a' → '2A', '01' → '1', '099' → '99', 'ZA' → '971'. Null where that is no department. */
export function frenchDepartment(code: string): string | null {
  const plain = code.trim().toUpperCase().replace(/^0+/, '');
  const department = frenchDepartments[plain] ?? plain;
  return /^(\d{1,3}|2[AB])$/.test(department) ? department : null;
}

/** Department and number of a circonscription: '33', '4' → '33-4'. */
export function frenchConstituencyKey(department: string, number: string): string | null {
  const code = frenchDepartment(department);
  const place = number.trim().replace(/^0+/, '');
  return code && /^\d{1,2}$/.test(place) ? `${code}-${place}` : null;
}

/** A name as a key: accents, case, punctuation and dashes aside. */
export function namedAreaKey(name: string): string {
  return foldForSearch(name);
}

/** '1re', '4e': how French writes the number of a circonscription. */
export function frenchConstituencyName(department: string, number: string): string {
  const place = Number(number);
  return `${department} (${place === 1 ? '1re' : `${place}e`} circonscription)`;
}

/** 'NY-12' → 'New York’s 12th District'; 'WY-0' → 'Wyoming’s At-Large District'. */
export function usDistrictName(key: string): string {
  const [state = '', district = ''] = key.split('-');
  const name = regionName('US', state);
  const owner = name.endsWith('s') ? `${name}’` : `${name}’s`;
  return `${owner} ${district === '0' ? 'At-Large' : englishOrdinal(Number(district))} District`;
}

function englishOrdinal(number: number): string {
  const tens = number % 100;
  const ending = tens > 10 && tens < 14 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** The name of a state, province or territory by its code; the code itself where it is not known. */
export function regionName(country: string, code: string): string {
  return regions[country]?.[code] ?? code;
}

/** The code of a state, province or territory by its code or English name, or null. */
export function regionCode(country: string, text: string): string | null {
  const folded = foldForSearch(text);
  const known = Object.entries(regions[country] ?? {});
  return (
    known.find(([code, name]) => code.toLowerCase() === folded || foldForSearch(name) === folded)?.[0] ?? null
  );
}

const regions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AU: {
    ACT: 'Australian Capital Territory',
    NSW: 'New South Wales',
    NT: 'Northern Territory',
    QLD: 'Queensland',
    SA: 'South Australia',
    TAS: 'Tasmania',
    VIC: 'Victoria',
    WA: 'Western Australia',
  },
  CA: {
    AB: 'Alberta',
    BC: 'British Columbia',
    MB: 'Manitoba',
    NB: 'New Brunswick',
    NL: 'Newfoundland and Labrador',
    NS: 'Nova Scotia',
    NT: 'Northwest Territories',
    NU: 'Nunavut',
    ON: 'Ontario',
    PE: 'Prince Edward Island',
    QC: 'Quebec',
    SK: 'Saskatchewan',
    YT: 'Yukon',
  },
  US: {
    AK: 'Alaska',
    AL: 'Alabama',
    AR: 'Arkansas',
    AS: 'American Samoa',
    AZ: 'Arizona',
    CA: 'California',
    CO: 'Colorado',
    CT: 'Connecticut',
    DC: 'District of Columbia',
    DE: 'Delaware',
    FL: 'Florida',
    GA: 'Georgia',
    GU: 'Guam',
    HI: 'Hawaii',
    IA: 'Iowa',
    ID: 'Idaho',
    IL: 'Illinois',
    IN: 'Indiana',
    KS: 'Kansas',
    KY: 'Kentucky',
    LA: 'Louisiana',
    MA: 'Massachusetts',
    MD: 'Maryland',
    ME: 'Maine',
    MI: 'Michigan',
    MN: 'Minnesota',
    MO: 'Missouri',
    MP: 'Northern Mariana Islands',
    MS: 'Mississippi',
    MT: 'Montana',
    NC: 'North Carolina',
    ND: 'North Dakota',
    NE: 'Nebraska',
    NH: 'New Hampshire',
    NJ: 'New Jersey',
    NM: 'New Mexico',
    NV: 'Nevada',
    NY: 'New York',
    OH: 'Ohio',
    OK: 'Oklahoma',
    OR: 'Oregon',
    PA: 'Pennsylvania',
    PR: 'Puerto Rico',
    RI: 'Rhode Island',
    SC: 'South Carolina',
    SD: 'South Dakota',
    TN: 'Tennessee',
    TX: 'Texas',
    UT: 'Utah',
    VA: 'Virginia',
    VI: 'U.S. Virgin Islands',
    VT: 'Vermont',
    WA: 'Washington',
    WI: 'Wisconsin',
    WV: 'West Virginia',
    WY: 'Wyoming',
  },
};
