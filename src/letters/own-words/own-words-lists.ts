import type { OwnWordsLists, OwnWordsRules } from '../../campaign/campaign-types.ts';
import { compilePhrases, type PhraseIndex, type PhraseList } from './match-phrases.ts';
import { type Signs, signsOf } from './may-hold.ts';

/** Lists of which a text must have a phrase for any rule to find something in it. */
export const tellingLists = [
  'trade-sanctions',
  'aid',
  'threats',
  'crime-verbs',
  'crime-acts',
  'crime-nouns',
  'responsible',
  'own-acts',
  'kinship',
  'places',
  'village-words',
  'case-words',
] as const;
export type TellingList = (typeof tellingLists)[number];

/** The word lists of a letter language, compiled, with those that hold everywhere. */
export type OwnWordsPhrases = {
  readonly list: (name: string) => PhraseList;
  readonly index: PhraseIndex;
  /** Without any of these none of the telling lists has a phrase in a text. */
  readonly signs: Signs;
  /** The entries of a list as they are written. */
  readonly raw: (name: string) => readonly string[];
  /** A word in letters of another script than the language's. */
  readonly otherScript: RegExp;
  /** The language is written in Latin letters. */
  readonly isLatin: boolean;
};

const compiled = new WeakMap<OwnWordsRules, Map<string, OwnWordsPhrases>>();

/**
 * The lists for a letter language, compiled once for each campaign.
 * @throws RangeError for a language without lists, or a list without entries: a fault of own-words.yaml.
 */
export function listsFor(rules: OwnWordsRules, language: string): OwnWordsPhrases {
  const known = compiled.get(rules) ?? new Map<string, OwnWordsPhrases>();
  compiled.set(rules, known);
  const lists = known.get(language) ?? compileLists(rules, language);
  known.set(language, lists);
  return lists;
}

function compileLists(rules: OwnWordsRules, language: string): OwnWordsPhrases {
  const own = rules.lists.get(language);
  if (!own) throw new RangeError(`own-words.yaml has no lists for ${language}`);
  const all: OwnWordsLists = { ...rules.everywhere, ...own };
  const names = new Map(Object.keys(all).map((name) => [name, { name }]));
  const index = compilePhrases(all);
  return {
    list: (name) => names.get(name) ?? missing(language, name),
    index,
    signs: signsOf(index, new Set(tellingLists)),
    raw: (name) => all[name] ?? missing(language, name),
    otherScript: compileOtherScript(all['scripts'] ?? []),
    isLatin: (all['scripts'] ?? []).includes('Latin'),
  };
}

function compileOtherScript(scripts: readonly string[]): RegExp {
  const own = [...scripts, 'Common', 'Inherited'].map((script) => `\\p{Script=${script}}`).join('|');
  return new RegExp(`(?:(?!${own})\\p{L})[\\p{L}\\p{M}\\u200b]*`, 'gu');
}

function missing(language: string, name: string): never {
  throw new RangeError(`own-words.yaml has no list “${name}” for ${language}`);
}
