import { parseMailAddress } from '../mail/mail-address.ts';
import { cleanLine, cleanLines } from '../shared/text.ts';
import type { ListedChannel } from './formats/format.ts';

export type ContactCell = { readonly channel: ListedChannel | null; readonly warning: string | null };

const nothing = /^(null|none|n\/?a|nil|-+)$/i;

/**
 * What an e-mail cell holds: one address, or the link of a form that stands in its place, or nothing.
 * `mailto:` is taken off; anything else is dropped with a warning and never repaired (security S-11).
 */
export function readEmailCell(cell: string): ContactCell {
  const text = cleanLine(cell).replace(/^mailto:\s*([^?]*).*$/i, '$1');
  if (text === '' || nothing.test(text)) return { channel: null, warning: null };
  const link = readLink(text);
  if (link) return { channel: { kind: 'form', value: link }, warning: null };
  const parsed = parseMailAddress(text);
  if (parsed.ok) return { channel: { kind: 'email', value: parsed.address }, warning: null };
  const several = text.split('@').length > 2;
  const problem = several ? 'several addresses in one e-mail cell' : 'an e-mail cell that is no address';
  return { channel: null, warning: `${problem} ("${shorten(text)}"), left out` };
}

/** A web address with http or https and without a user name, or null. */
export function readLink(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || trimmed.length > 500 || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return url.username || url.password || !url.hostname.includes('.') ? null : url.href;
}

export function phoneChannel(text: string): ListedChannel[] {
  const value = cleanLine(text);
  return /\d{3}/.test(value.replace(/[^\d]/g, '')) ? [{ kind: 'phone', value }] : [];
}

/** A postal address from its lines; empty ones are left out. */
export function postChannel(lines: readonly string[]): ListedChannel[] {
  const value = cleanLines(lines.join('\n'))
    .split('\n')
    .filter((line) => line !== '')
    .join('\n');
  return value === '' ? [] : [{ kind: 'post', value }];
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
