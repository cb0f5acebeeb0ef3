/** The languages a reader can choose, Khmer first: also the order of the switch on every page. */
export const languages = ['km', 'en', 'fr'] as const;

export type Language = (typeof languages)[number];

/** Each language in its own script, as the switch shows it. */
export const languageNames: Readonly<Record<Language, string>> = {
  km: 'ខ្មែរ',
  en: 'English',
  fr: 'Français',
};

/** The name of a letter's language for a reader; German is German in Switzerland too. */
export function languageNameIn(code: string, reader: Language): string {
  const pair = `${reader} ${code}`;
  const known = namesKnown.get(pair);
  if (known) return known;
  const [language = code] = code.split('-');
  const name = displayNames[reader].of(language) ?? language;
  namesKnown.set(pair, name);
  return name;
}

const namesKnown = new Map<string, string>();

const displayNames: Readonly<Record<Language, Intl.DisplayNames>> = {
  km: new Intl.DisplayNames(['km'], { type: 'language' }),
  en: new Intl.DisplayNames(['en'], { type: 'language' }),
  fr: new Intl.DisplayNames(['fr'], { type: 'language' }),
};

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}
