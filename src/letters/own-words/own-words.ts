import type { Campaign, ReaderLanguage } from '../../campaign/campaign-types.ts';
import { measureText, type TextLength } from '../../campaign/count-words.ts';
import { normalizeNewlines } from '../../shared/text.ts';
import { findAccusations } from './find-accusations.ts';
import { findAidCuts, findThreats, findTradeSanctions } from './find-calls.ts';
import { findBroken, findCaseNumbers, findCode, findOtherScript } from './find-code.ts';
import { findKhmerPlaces, findKinshipNames, findPlaces } from './find-private-names.ts';
import { isDisguised, type Token, tokenize, tokenizeLoosely } from './fold-words.ts';
import { type At, type Marked, markPhrases } from './match-phrases.ts';
import { mayHold } from './may-hold.ts';
import { listsFor, type OwnWordsPhrases, type TellingList } from './own-words-lists.ts';

// No hundred words are longer than this; what is longer is not looked at.
const mostCharacters = 4_000;

export type StopRule =
  | 'too-short'
  | 'too-long'
  | 'script'
  | 'trade-sanctions'
  | 'aid-cut'
  | 'threat'
  | 'accusation'
  | 'code'
  | 'broken';
export type WarnRule = 'kinship-name' | 'place-in-cambodia' | 'case-number';

export type OwnWordsFault = { readonly rule: StopRule; readonly at: At };
export type OwnWordsWarning = { readonly rule: WarnRule; readonly at: At };

export type OwnWordsCheck = {
  /** The text as it was checked (line ends as `\n`, no control characters): places refer to it. */
  readonly text: string;
  /** Words, or characters where the language counts those. */
  readonly words: number;
  /** Any of these stops the letter. */
  readonly faults: readonly OwnWordsFault[];
  /** Each of these is to be ticked by the writer. */
  readonly warnings: readonly OwnWordsWarning[];
};

/**
 * Checks a writer's own words for a letter in a language. Never changes them. Bounded: a text too long to be
 * anyone's hundred words is refused unread.
 * @param known whether `holdNothing` has said so of them; then only their length is left to check.
 */
export function checkOwnWords(
  campaign: Campaign,
  language: string,
  text: string,
  known: { readonly holdsNothing: boolean } = { holdsNothing: false },
): OwnWordsCheck {
  if (text.length > mostCharacters) return refuse(text, 'too-long');
  if (!text.isWellFormed()) return refuse(text, 'broken');
  const readable = withoutControls(normalizeNewlines(text));
  const length = campaign.languages.get(language)?.length;
  if (!length) throw new RangeError(`languages.yaml has no length for ${language}`);
  const words = measureText(readable, length);
  const found = known.holdsNothing
    ? { faults: [], warnings: [] }
    : checkPassage(campaign, language, readable);
  return {
    text: readable,
    words,
    faults: [...checkLength(readable, words, length.own), ...found.faults],
    warnings: found.warnings,
  };
}

/**
 * Whether one look at several texts, each as sentences of its own, finds nothing to stop or to warn of in any: then
 * none has to be looked at by itself. Quotation marks excuse what is said between them, and are never skipped so.
 */
export function holdNothing(campaign: Campaign, language: string, texts: readonly string[]): boolean {
  const together = texts.join(' … ');
  if (together.length > mostCharacters || /["“”«»„]/.test(together) || !together.isWellFormed()) return false;
  // A line of the mail protocol is one only where it is alone.
  const lists = listsFor(campaign.ownWords, language);
  if (texts.some((text) => findCode(text, lists).length > 0)) return false;
  const { faults, warnings } = checkPassage(campaign, language, together);
  return faults.length === 0 && warnings.length === 0;
}

/** The same checks, but for length, of any other sentence a writer adds (their link to the place). */
export function checkPassage(
  campaign: Campaign,
  language: string,
  text: string,
): { faults: OwnWordsFault[]; warnings: OwnWordsWarning[] } {
  const lists = listsFor(campaign.ownWords, language);
  const marked = mayHold(text, lists.signs) ? markPhrases(tokenize(text), lists.index) : unmarked;
  const faults = [...stops(text, marked, lists), ...disguisedStops(text, lists)];
  return { faults: byPlace(faults), warnings: byPlace(warns(text, marked, lists)) };
}

const unmarked: Marked = { sentences: [], lists: new Set() };

// Only what the strict reading cannot see, so that looseness costs no one a plain sentence.
function disguisedStops(text: string, lists: OwnWordsPhrases): OwnWordsFault[] {
  if (!isDisguised(text) || !mayHold(text, lists.signs, true)) return [];
  const found = phraseStops(text, markPhrases(tokenizeLoosely(text), lists.index), lists);
  return found.filter(({ at }) => isDisguised(text.slice(at.start, at.end)));
}

/** What the writer is told about a fault or warning, in the reader's language. */
export function ownWordsSentence(
  campaign: Campaign,
  rule: StopRule | WarnRule,
  language: ReaderLanguage,
): string {
  return campaign.ownWords.sentences.get(rule)?.[language] ?? rule;
}

function stops(text: string, marked: Marked, lists: OwnWordsPhrases): OwnWordsFault[] {
  return [
    ...mark<StopRule>('broken', findBroken(text)),
    ...mark<StopRule>('code', findCode(text, lists)),
    ...mark<StopRule>('script', findOtherScript(text, lists)),
    ...phraseStops(text, marked, lists),
  ];
}

/** A rule, the lists without whose words it finds nothing, and how it finds. */
type PhraseRule<Rule> = readonly [rule: Rule, lists: readonly TellingList[], find: FindInSentence];
type FindInSentence = (text: string, tokens: readonly Token[], lists: OwnWordsPhrases) => At[];

const phraseStopRules: readonly PhraseRule<StopRule>[] = [
  ['trade-sanctions', ['trade-sanctions'], (_, tokens, lists) => findTradeSanctions(tokens, lists)],
  ['aid-cut', ['aid'], (_, tokens, lists) => findAidCuts(tokens, lists)],
  ['threat', ['threats'], findThreats],
  ['accusation', ['crime-verbs', 'crime-acts', 'crime-nouns', 'responsible', 'own-acts'], findAccusations],
];

const phraseWarnRules: readonly PhraseRule<WarnRule>[] = [
  ['kinship-name', ['kinship'], findKinshipNames],
  ['place-in-cambodia', ['places', 'village-words'], (_, tokens, lists) => findPlaces(tokens, lists)],
];

function phraseStops(text: string, marked: Marked, lists: OwnWordsPhrases): OwnWordsFault[] {
  return phraseStopRules.flatMap((rule) => findByRule(rule, text, marked, lists));
}

function warns(text: string, marked: Marked, lists: OwnWordsPhrases): OwnWordsWarning[] {
  return [
    ...phraseWarnRules.flatMap((rule) => findByRule(rule, text, marked, lists)),
    ...mark<WarnRule>('place-in-cambodia', findKhmerPlaces(text, lists)),
    ...mark<WarnRule>('case-number', findCaseNumbers(text, marked, lists)),
  ];
}

function findByRule<Rule>(
  [rule, needed, find]: PhraseRule<Rule>,
  text: string,
  marked: Marked,
  lists: OwnWordsPhrases,
): { rule: Rule; at: At }[] {
  if (!needed.some((list) => marked.lists.has(list))) return [];
  return mark(
    rule,
    marked.sentences.flatMap((tokens) => find(text, tokens, lists)),
  );
}

function checkLength(text: string, words: number, [least, most]: TextLength['own']): OwnWordsFault[] {
  const at = { start: 0, end: text.length };
  if (words < least) return [{ rule: 'too-short', at }];
  return words > most ? [{ rule: 'too-long', at }] : [];
}

function refuse(text: string, rule: StopRule): OwnWordsCheck {
  return {
    text: text.slice(0, mostCharacters),
    words: 0,
    faults: [{ rule, at: { start: 0, end: text.length } }],
    warnings: [],
  };
}

function mark<Rule>(rule: Rule, places: readonly At[]): { rule: Rule; at: At }[] {
  return places.map((at) => ({ rule, at }));
}

// In the order of the text; what a rule has found once is not told again within the same words.
function byPlace<T extends { readonly rule: string; readonly at: At }>(found: T[]): T[] {
  if (found.length < 2) return found;
  const sorted = found.sort((a, b) => a.at.start - b.at.start || b.at.end - a.at.end);
  return sorted.filter(
    (one, place) =>
      !sorted.slice(0, place).some((other) => other.rule === one.rule && one.at.start < other.at.end),
  );
}

function withoutControls(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');
}
