import type { Token } from './fold-words.ts';
import { type At, findPhrases, hasPhrase, phraseEndingAt, type Span, tokensOf } from './match-phrases.ts';
import type { OwnWordsPhrases } from './own-words-lists.ts';

/**
 * Sentences in which a named person is said to have committed a crime. What a court or a list says of someone
 * may be told ("was convicted of"); who suffered a crime may be named ("Kem Ley was killed").
 */
export function findAccusations(text: string, tokens: readonly Token[], lists: OwnWordsPhrases): At[] {
  const sentence = { from: 0, to: tokens.length - 1 };
  const has = (name: string) => hasPhrase(tokens, sentence, lists.list(name));
  const names = findNames(text, tokens, lists);
  if (names.length === 0) return [];
  const accused = () => {
    if (has('my-accusations')) return has('crime-acts') || has('crime-nouns') ? names : [];
    return has('convictions') ? [] : names.filter((name) => isAccused(text, tokens, name, lists));
  };
  return accused().map(({ from, to }) => ({ start: tokens[from]?.start ?? 0, end: tokens[to]?.end ?? 0 }));
}

function isAccused(text: string, tokens: readonly Token[], name: Span, lists: OwnWordsPhrases): boolean {
  return (
    didIt(text, tokens, name, lists) ||
    wasDoneBy(tokens, name, lists) ||
    isCalledCriminal(tokens, name, lists) ||
    isHeldResponsible(tokens, name, lists)
  );
}

/** "Hun Sen killed my brother": a verb of crime soon after the name, not in the passive, not denied. */
function didIt(text: string, tokens: readonly Token[], name: Span, lists: OwnWordsPhrases): boolean {
  for (const at of after(tokens, name, 5)) {
    if (phraseEndingAt(tokens, at, lists.list('crime-verbs')) < 0) continue;
    if (hasPhrase(tokens, { from: Math.max(name.to + 1, at - 2), to: at - 1 }, lists.list('victims')))
      return false;
    if (hasPhrase(tokens, { from: name.to + 1, to: at + 1 }, lists.list('negations'))) return false;
    // “Kem Ley wurde in Phnom Penh ermordet”: where verbs stand last, the passive stands far from them.
    if (hasPhrase(tokens, { from: name.to + 1, to: at - 1 }, lists.list('passives'))) return false;
    return !isReducedPassive(text, tokens, name, at, lists);
  }
  return false;
}

// "Chut Wutty, murdered in 2012": nobody is accused.
function isReducedPassive(
  text: string,
  tokens: readonly Token[],
  name: Span,
  verb: number,
  lists: OwnWordsPhrases,
): boolean {
  const comma = text.slice(tokens[name.to]?.end ?? 0, tokens[verb]?.start ?? 0).includes(',');
  return comma && hasPhrase(tokens, { from: verb + 1, to: verb + 1 }, lists.list('passive-after'));
}

/** "was killed by Hun Sen". */
function wasDoneBy(tokens: readonly Token[], name: Span, lists: OwnWordsPhrases): boolean {
  const by = [name.from - 1, name.from - 2].find((at) => phraseEndingAt(tokens, at, lists.list('by')) >= 0);
  if (by === undefined) return false;
  const before = { from: by - 6, to: by - 1 };
  return (
    hasPhrase(tokens, before, lists.list('crime-verbs')) ||
    hasPhrase(tokens, before, lists.list('crime-acts'))
  );
}

/** "Hun Sen is a murderer", "the murderer Hun Sen"; but not "Kem Ley and his killers". */
function isCalledCriminal(tokens: readonly Token[], name: Span, lists: OwnWordsPhrases): boolean {
  const nouns = lists.list('crime-nouns');
  const before = name.from - 1;
  if (phraseEndingAt(tokens, before, nouns) >= 0) return true;
  const at = after(tokens, name, 4).find((place) => phraseEndingAt(tokens, place, nouns) >= 0);
  if (at === undefined) return false;
  const between = { from: name.to + 1, to: at - 1 };
  if (
    hasPhrase(tokens, between, lists.list('possessed')) ||
    hasPhrase(tokens, between, lists.list('negations'))
  )
    return false;
  return at === name.to + 1 || hasPhrase(tokens, between, lists.list('crime-links'));
}

/** "Hun Sen ordered the killing of …", "Hun Sen’s crimes", "the crimes of Hun Sen". */
function isHeldResponsible(tokens: readonly Token[], name: Span, lists: OwnWordsPhrases): boolean {
  const owned = tokens[name.to + 1]?.folded === 's' ? name.to + 2 : -1;
  if (phraseEndingAt(tokens, owned, lists.list('own-acts')) >= 0) return true;
  if (
    phraseEndingAt(tokens, name.from - 2, lists.list('own-acts')) >= 0 &&
    hasPhrase(tokens, { from: name.from - 1, to: name.from - 1 }, lists.list('possessed'))
  ) {
    return true;
  }
  return after(tokens, name, 5).some((at) => {
    const end = phraseEndingAt(tokens, at, lists.list('responsible'));
    if (end < 0 || hasPhrase(tokens, { from: name.to + 1, to: at }, lists.list('negations'))) return false;
    return hasPhrase(tokens, { from: end + 1, to: end + 5 }, lists.list('crime-acts'));
  });
}

/** Where people are named: known officials, a title with a name, two and more capitalized words in a row. */
function findNames(text: string, tokens: readonly Token[], lists: OwnWordsPhrases): Span[] {
  const historic = findPhrases(tokens, lists.list('historic'));
  const names = [
    ...findPhrases(tokens, lists.list('officials')),
    ...findTitledNames(tokens, lists),
    ...findCapitalizedRuns(text, tokens, lists),
  ];
  return names.filter(({ from, to }) => !historic.some((other) => from <= other.to && other.from <= to));
}

function findTitledNames(tokens: readonly Token[], lists: OwnWordsPhrases): Span[] {
  return findPhrases(tokens, lists.list('titles')).flatMap(({ to }) => {
    const last = endOfRun(null, tokens, to + 1, lists);
    return last > to ? [{ from: to + 1, to: last }] : [];
  });
}

function findCapitalizedRuns(text: string, tokens: readonly Token[], lists: OwnWordsPhrases): Span[] {
  const runs: Span[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const to = endOfRun(text, tokens, from, lists);
    if (to > from) runs.push({ from, to });
    from = Math.max(from, to);
  }
  return runs;
}

// The last token of a row of capitalized words that could be a name; before `from` where there is none.
function endOfRun(
  text: string | null,
  tokens: readonly Token[],
  from: number,
  lists: OwnWordsPhrases,
): number {
  let at = from;
  for (; at < from + 4; at++) {
    const token = tokens[at];
    if (!token?.capital) break;
    if (phraseEndingAt(tokens, at, lists.list('not-names')) >= 0) break;
    if (phraseEndingAt(tokens, at, lists.list('places')) >= 0) break;
    if (text !== null && at > from && !/^[\s-]+$/.test(text.slice(tokens[at - 1]?.end ?? 0, token.start)))
      break;
  }
  return at - 1;
}

function after(tokens: readonly Token[], name: Span, count: number): number[] {
  return Array.from({ length: tokensOf(count, tokens) }, (_, step) => name.to + 1 + step).filter(
    (at) => at < tokens.length,
  );
}
