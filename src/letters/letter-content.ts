import type { CountryVault } from '../vault/vault.ts';
import type { LetterCase } from './compose/letter-case.ts';

/** What a letter's box holds: everything about the letter that could name a person. */
export type LetterContent = {
  readonly letterCase: LetterCase;
  readonly subject: string;
  /** The whole letter as it goes out. */
  readonly text: string;
  /** Where it goes: what the office's channel held when the writer chose it. */
  readonly destination: Destination;
  /** The writer's own address, for Reply-To. */
  readonly replyTo: string;
};

export type Destination = {
  readonly email: string | null;
  readonly form: string | null;
  /** Lines of the postal address, the name first. */
  readonly post: readonly string[];
};

export function sealContent(vault: CountryVault, letterId: string, content: LetterContent): Buffer {
  return vault.seal('letters', letterId, JSON.stringify(content));
}

export function openContent(
  vault: CountryVault,
  letter: { readonly id: string; readonly textBox: Buffer | null },
): LetterContent | null {
  return letter.textBox && (JSON.parse(vault.open('letters', letter.id, letter.textBox)) as LetterContent);
}
