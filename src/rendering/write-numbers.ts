import { type Language, languages } from './languages.ts';

const locales: Readonly<Record<Language, string>> = { km: 'km-u-nu-khmr', en: 'en', fr: 'fr' };

const formats = Object.fromEntries(
  languages.map((language) => [language, new Intl.NumberFormat(locales[language])]),
) as Record<Language, Intl.NumberFormat>;

/** A number as the language writes it: 1,234 · 1 234 · ១.២៣៤. (The narrow French space has no glyph in our type.) */
export function writeNumber(value: number, language: Language): string {
  if (Number.isInteger(value) && value >= 0 && value < 1000)
    return language === 'km' ? withKhmerDigits(String(value)) : String(value);
  return formats[language].format(value).replaceAll('\u202f', '\u00a0');
}

/** Latin digits replaced by Khmer ones. Never for addresses, postcodes or links, which stay ASCII. */
export function withKhmerDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x17e0 + Number(digit)));
}
