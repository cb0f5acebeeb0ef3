import MailComposer from 'nodemailer/lib/mail-composer';
import { parseMailAddress } from './mail-address.ts';

/** One mail to one recipient, in typed parts only: there is no way to hand over a header, a file or an address. */
export type OutgoingMessage = {
  /** Always an address of ours; the name is one line. */
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly replyTo?: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** With its angle brackets. Fixed before the first attempt, the same in every later one. */
  readonly messageId: string;
  readonly headers?: { readonly 'Auto-Submitted': 'auto-generated' };
  /** Where a bounce goes. */
  readonly envelopeFrom: string;
};

export type UnsafeReason = 'bad-address' | 'bad-header' | 'bad-body';

export type BuiltMessage =
  | { readonly ok: true; readonly from: string; readonly to: string; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: UnsafeReason };

type Addresses = {
  readonly from: string;
  readonly to: string;
  readonly envelopeFrom: string;
  readonly replyTo?: string;
};

const longestLine = 500;
const longestBody = 1_000_000;
const messageIdShape = /^<[A-Za-z0-9][A-Za-z0-9.+=_-]{0,127}@[a-z0-9][a-z0-9.-]{0,252}>$/;

/**
 * The bytes of a message and its envelope of one recipient. Every part is checked again here (security S-11, S-53),
 * whoever made it: what does not fit is refused, never repaired.
 */
export async function buildMessage(message: OutgoingMessage): Promise<BuiltMessage> {
  const addresses = checkAddresses(message);
  if (!addresses) return { ok: false, reason: 'bad-address' };
  if (!areHeadersSafe(message)) return { ok: false, reason: 'bad-header' };
  if (!isBody(message.text) || !isBody(message.html ?? '')) return { ok: false, reason: 'bad-body' };
  return {
    ok: true,
    from: addresses.envelopeFrom,
    to: addresses.to,
    bytes: await compose(message, addresses),
  };
}

function checkAddresses(message: OutgoingMessage): Addresses | undefined {
  const from = parseMailAddress(message.from.address);
  const to = parseMailAddress(message.to);
  const envelopeFrom = parseMailAddress(message.envelopeFrom);
  if (!from.ok || !to.ok || !envelopeFrom.ok) return undefined;
  const required = { from: from.address, to: to.address, envelopeFrom: envelopeFrom.address };
  if (message.replyTo === undefined) return required;
  const replyTo = parseMailAddress(message.replyTo);
  return replyTo.ok ? { ...required, replyTo: replyTo.address } : undefined;
}

function areHeadersSafe(message: OutgoingMessage): boolean {
  const custom = Object.entries(message.headers ?? {});
  return (
    isLine(message.from.name) &&
    isLine(message.subject) &&
    typeof message.messageId === 'string' &&
    messageIdShape.test(message.messageId) &&
    custom.every(([name, value]) => name === 'Auto-Submitted' && value === 'auto-generated')
  );
}

// U+200B and the joiners stay: Khmer writes with them. Controls, line breaks and direction characters do not,
// nor "=?", with which any of these could be written in code.
function isLine(text: string): boolean {
  return (
    typeof text === 'string' &&
    text.length <= longestLine &&
    !text.includes('=?') &&
    !/[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text)
  );
}

function isBody(text: string): boolean {
  return typeof text === 'string' && text.length <= longestBody && !text.includes('\u0000');
}

function compose(message: OutgoingMessage, addresses: Addresses): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: message.from.name, address: addresses.from },
    to: addresses.to,
    ...(addresses.replyTo ? { replyTo: addresses.replyTo } : {}),
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    messageId: message.messageId,
    ...(message.headers ? { headers: { ...message.headers } } : {}),
    encoding: encodingFor(message.text),
    boundaryPrefix: 'part',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

// Both keep a paragraph one line, however long. Quoted-printable trebles a script such as Khmer.
function encodingFor(text: string): 'base64' | 'quoted-printable' {
  const ascii = text.length - text.replace(/[\u0020-\u007e\n]/g, '').length;
  return ascii * 2 < text.length ? 'base64' : 'quoted-printable';
}
