/** Postcodes as people and tables write them. */

const digits: Readonly<Record<string, number>> = {
  US: 5,
  AU: 4,
  FR: 5,
  DE: 5,
  NZ: 4,
  CH: 4,
  BE: 4,
  DK: 4,
  NO: 4,
  SE: 5,
};

/**
 * A postcode without spaces and dashes, in capitals, with the zeros in front that a spreadsheet took away and
 * without the four digits that may follow a ZIP. Khmer digits are read too.
 * @returns null where the text is no postcode of the country.
 */
export function normalizePostcode(country: string, text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u17e0-\u17e9]/g, (digit) => String(digit.charCodeAt(0) - 0x17e0));
  if (country === 'US' && /^\s*\d{5}[\s-]+\d{4}\s*$/.test(plain)) return plain.trim().slice(0, 5);
  const code = plain.toUpperCase().replace(/[\s.\u200b-]+/g, '');
  const length = digits[country];
  if (length !== undefined)
    return /^\d{3,5}$/.test(code) && code.length <= length ? code.padStart(length, '0') : null;
  if (country === 'CA') return /^[A-Z]\d[A-Z](\d[A-Z]\d)?$/.test(code) ? code : null;
  return /^[A-Z0-9]{3,10}$/.test(code) && /\d/.test(code) ? code : null;
}

/** What is looked up for a code: itself, then the part of it that a table by prefix has. */
export function lookupCodes(country: string, code: string): readonly string[] {
  return country === 'CA' && code.length > 3 ? [code, code.slice(0, 3)] : [code];
}
