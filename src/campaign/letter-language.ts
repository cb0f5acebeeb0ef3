import { foldForSearch } from '../shared/text.ts';
import type { LetterLanguage, Place } from './campaign-types.ts';

/**
 * The language a letter is written in unless its writer chooses another of the place's: that of the constituency
 * or of the writer's country where the playbook says so, else the writer's own where the place has it, else the
 * place's first.
 * @param constituency as the directory or the writer names it; null where not known
 */
export function usualLanguage(
  { languages, languageBy }: Place,
  writer: { readonly country: string; readonly constituency: string | null; readonly reads?: string },
): LetterLanguage {
  const { country, constituency, reads = '' } = writer;
  const where = foldForSearch(constituency ?? '');
  const spokenThere = languages.find((language) =>
    languageBy.constituency.get(language)?.some((name) => foldForSearch(name) === where),
  );
  const spokenAtHome = languages.find((language) => languageBy.country.get(language)?.includes(country));
  const own = languages.find((language) => language === reads);
  return spokenThere ?? spokenAtHome ?? own ?? languages[0] ?? 'en';
}
