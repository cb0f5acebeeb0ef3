import type { Token } from './fold-words.ts';
import { type At, findPhrases, hasPhrase, phraseEndingAt } from './match-phrases.ts';
import type { OwnWordsPhrases } from './own-words-lists.ts';

/** A name beside a word of kinship: "my mother Sophea", "Dara, my brother", "my uncle was called Sok". */
export function findKinshipNames(text: string, tokens: readonly Token[], lists: OwnWordsPhrases): At[] {
  return findPhrases(tokens, lists.list('kinship')).flatMap(({ from, to }) => {
    const name = nameAfter(text, tokens, to, lists) ?? nameBefore(text, tokens, from, lists);
    return name === null ? [] : [{ start: tokens[name]?.start ?? 0, end: tokens[name]?.end ?? 0 }];
  });
}

function nameAfter(
  text: string,
  tokens: readonly Token[],
  kin: number,
  lists: OwnWordsPhrases,
): number | null {
  if (isName(tokens, kin + 1, lists) && isClose(text, tokens, kin, kin + 1)) return kin + 1;
  for (let at = kin + 1; at <= kin + 2; at++) {
    const link = phraseEndingAt(tokens, at, lists.list('kinship-links'));
    if (link >= 0 && isName(tokens, link + 1, lists)) return link + 1;
  }
  return null;
}

// "Dara, my brother" and "Dara is my brother", but not "In Hamilton, my brother": there a small word goes before.
function nameBefore(
  text: string,
  tokens: readonly Token[],
  kin: number,
  lists: OwnWordsPhrases,
): number | null {
  const owner = kin - 1;
  if (phraseEndingAt(tokens, owner, lists.list('possessives')) < 0) return null;
  const between = text.slice(tokens[owner - 1]?.end ?? 0, tokens[owner]?.start ?? 0);
  const is = phraseEndingAt(tokens, owner - 1, lists.list('crime-links')) >= 0;
  const name = is ? owner - 2 : owner - 1;
  if (!is && !between.includes(',') && !between.includes('(')) return null;
  const beforeName = tokens[name - 1];
  const placed = beforeName !== undefined && beforeName.folded.length <= 4;
  return isName(tokens, name, lists) && !placed ? name : null;
}

function isName(tokens: readonly Token[], at: number, lists: OwnWordsPhrases): boolean {
  const token = tokens[at];
  if (!token?.capital) return false;
  return (
    phraseEndingAt(tokens, at, lists.list('not-names')) < 0 &&
    phraseEndingAt(tokens, at, lists.list('places')) < 0
  );
}

function isClose(text: string, tokens: readonly Token[], from: number, to: number): boolean {
  return /^[\s,(]*$/.test(text.slice(tokens[from]?.end ?? 0, tokens[to]?.start ?? 0));
}

/** A place in Cambodia: a province or town in Latin letters, or a name after "village". */
export function findPlaces(tokens: readonly Token[], lists: OwnWordsPhrases): At[] {
  const towns = findPhrases(tokens, lists.list('places'))
    // Kep is a place; "kep" is nothing, and too short to be sure of.
    .filter(({ from, to }) => to > from || tokens[from]?.capital || (tokens[from]?.folded.length ?? 0) > 4)
    .map(({ from, to }) => ({ start: tokens[from]?.start ?? 0, end: tokens[to]?.end ?? 0 }));
  return [...towns, ...findVillages(tokens, lists)];
}

/** A province or town in Khmer letters: written without spaces, perhaps with invisible ones. */
export function findKhmerPlaces(text: string, lists: OwnWordsPhrases): At[] {
  if (!/[\u1780-\u17ff]/.test(text)) return [];
  const kept = [...text].flatMap((char, at) => (char === '\u200b' ? [] : [{ char, at }]));
  const plain = kept.map(({ char }) => char).join('');
  return lists.raw('khmer-places').flatMap((name) => {
    const at = plain.indexOf(name);
    if (at < 0) return [];
    return [{ start: kept[at]?.at ?? 0, end: (kept[at + name.length - 1]?.at ?? 0) + 1 }];
  });
}

function findVillages(tokens: readonly Token[], lists: OwnWordsPhrases): At[] {
  return findPhrases(tokens, lists.list('village-words')).flatMap(({ to }) => {
    const linked = hasPhrase(tokens, { from: to + 1, to: to + 1 }, lists.list('village-links'));
    const name = linked ? to + 2 : to + 1;
    if (!isName(tokens, name, lists)) return [];
    return [{ start: tokens[name]?.start ?? 0, end: tokens[name]?.end ?? 0 }];
  });
}
