import { domainToASCII, domainToUnicode } from 'node:url';

export type ParsedMailAddress = { readonly ok: true; readonly address: string } | { readonly ok: false };

const longestAddress = 254;
const longestLocalPart = 64;
const longestDomain = 253;

// Narrower than RFC 5322 on purpose: no quotes, no routing (% !), nothing a shell or a relay reads as a command.
const localPart = /^[A-Za-z0-9_](?:[A-Za-z0-9_+&'=~.-]*[A-Za-z0-9_+=~-])?$/;
const typedDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const unseen = /\p{Default_Ignorable_Code_Point}/u;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads exactly one mail address (security S-11): at most 254 characters, local part at most 64, no quotes,
 * spaces, commas, angle brackets, control or direction characters; a domain with a dot, in punycode and lower case.
 * The mail library picks another recipient out of a strange address, so nothing strange gets as far as it.
 */
export function parseMailAddress(text: string): ParsedMailAddress {
  if (typeof text !== 'string' || text.length > longestAddress) return { ok: false };
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  if (at < 1 || !isLocalPart(local) || !domain) return { ok: false };
  const address = `${local}@${domain}`;
  return address.length <= longestAddress ? { ok: true, address } : { ok: false };
}

function isLocalPart(text: string): boolean {
  return text.length <= longestLocalPart && localPart.test(text) && !text.includes('..');
}

// Characters that only look like a dot, an at sign or a letter would be folded into one by the conversion:
// a domain that is not already in its plain form is refused, not repaired.
function asciiDomain(text: string): string | undefined {
  if (!typedDomain.test(text) || unseen.test(text)) return undefined;
  const composed = text.normalize('NFC');
  if (composed.normalize('NFKC') !== composed) return undefined;
  const domain = domainToASCII(composed);
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  const named = labels.length > 1 && labels.every((part) => label.test(part)) && !/^[0-9]/.test(top);
  const decodes = !domainToUnicode(domain)
    .split('.')
    .some((part) => part.startsWith('xn--'));
  return named && decodes && domain.length <= longestDomain ? domain : undefined;
}
