import { createHmac } from 'node:crypto';
import { foldForSearch } from '../shared/text.ts';
import type { CountryVault } from '../vault/vault.ts';
import type { LetterContent } from './letter-content.ts';
import type { Letter } from './letter-store.ts';

/** What makes a waiting letter the same as another: the supporter and every byte of what goes out. */
export function waitingKey(vault: CountryVault, supporterId: string, content: LetterContent): string {
  return `waiting|${supporterId}|${keyed(vault, [content.text])}`;
}

/** What a confirmed letter is the only one of: supporter, seat (or name typed in), ask, kind, round (S-70). */
export function placeKey(vault: CountryVault, letter: Letter, content: LetterContent): string {
  const { name, chamber } = content.letterCase.representative;
  const recipient = letter.seatId ?? `typed:${keyed(vault, [foldForSearch(name), chamber])}`;
  return [letter.supporterId, recipient, letter.ask, letter.kind, letter.round].join('|');
}

function keyed(vault: CountryVault, parts: readonly string[]): string {
  return createHmac('sha256', vault.derivedKey('letter-keys'))
    .update(JSON.stringify(parts))
    .digest('base64url');
}
