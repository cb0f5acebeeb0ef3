import { foldForSearch } from '../shared/text.ts';

const most = 16;
const longest = 40;

/** The words of names and keys as they are looked up: folded, each once. */
export function searchWords(...texts: readonly (string | null)[]): string[] {
  const words = texts.flatMap((text) => (text === null ? [] : foldForSearch(text).split(' ')));
  const kept = words.filter((word) => word !== '').map((word) => [...word].slice(0, longest).join(''));
  return [...new Set(kept)].slice(0, most);
}
