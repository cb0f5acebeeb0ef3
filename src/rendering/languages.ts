/** The languages a reader can choose, Khmer first: also the order of the switch on every page. */
export const languages = ['km', 'en', 'fr'] as const;

export type Language = (typeof languages)[number];

/** Each language in its own script, as the switch shows it. */
export const languageNames: Readonly<Record<Language, string>> = {
  km: 'ខ្មែរ',
  en: 'English',
  fr: 'Français',
};

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}
