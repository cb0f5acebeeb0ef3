import type { UnsafeReason } from './message.ts';

/** Why, in our own words: a server's sentence may hold addresses and is never kept. */
type VerdictReason =
  | UnsafeReason
  | 'no-connection'
  | 'connection-lost'
  | 'no-encryption'
  | 'sign-in-refused'
  | 'server-closing'
  | 'sender-refused'
  | 'recipient-refused'
  | 'recipient-deferred'
  | 'message-refused'
  | 'message-deferred'
  | 'too-large'
  | 'timed-out'
  | 'unclear-answer'
  | 'no-answer'
  | 'stopped';

/** What became of one message. Only `try-later` may be sent again by itself: `uncertain` may have arrived. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly code?: number }
  | { readonly kind: 'try-later'; readonly code?: number; readonly reason: VerdictReason }
  | { readonly kind: 'refused'; readonly code?: number; readonly reason: VerdictReason }
  | { readonly kind: 'uncertain'; readonly reason: VerdictReason };

/** The parts of a Nodemailer error that are read here; its message is not. */
export type SmtpFailure = {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly originalCode?: string | undefined;
};

/** How the dialogue about one message ended. */
export type SmtpDialogue = {
  /** Whether any byte of the message may have left: the server had said 354, and the body was first read. */
  readonly bodyRead: boolean;
  readonly end:
    | { readonly kind: 'answer'; readonly text: string }
    | { readonly kind: 'failure'; readonly failure: SmtpFailure }
    | { readonly kind: 'out-of-time' }
    | { readonly kind: 'lost' };
};

/** The one place where a dialogue becomes a verdict (security finding 2, R-06). */
export function readVerdict({ bodyRead, end }: SmtpDialogue): Verdict {
  if (bodyRead) return end.kind === 'answer' ? readFinalAnswer(end.text) : readAfterBody(end);
  if (end.kind === 'answer') return { kind: 'try-later', reason: 'unclear-answer' };
  if (end.kind === 'out-of-time') return { kind: 'try-later', reason: 'timed-out' };
  if (end.kind === 'lost') return { kind: 'try-later', reason: 'connection-lost' };
  return readBeforeBody(end.failure);
}

/** Whether a kept connection had only gone stale: the same message may go over a fresh one at once. */
export function wasStale({ bodyRead, end }: SmtpDialogue): boolean {
  if (bodyRead || end.kind === 'answer' || end.kind === 'out-of-time') return false;
  return end.kind === 'lost' || end.failure.code === 'ECONNECTION' || end.failure.code === 'ESOCKET';
}

function readFinalAnswer(text: string): Verdict {
  const code = /^(2\d\d)(?:[ -]|$)/.exec(text)?.[1];
  return code ? { kind: 'accepted', code: Number(code) } : { kind: 'uncertain', reason: 'unclear-answer' };
}

// A whole answer of 4xx or 5xx after the final dot is a no. Anything else leaves open whether the message was taken.
function readAfterBody(end: Exclude<SmtpDialogue['end'], { kind: 'answer' }>): Verdict {
  if (end.kind === 'out-of-time') return { kind: 'uncertain', reason: 'timed-out' };
  if (end.kind === 'lost') return { kind: 'uncertain', reason: 'no-answer' };
  const { code, command, responseCode } = end.failure;
  if (code !== 'EMESSAGE' || command !== 'DATA') return { kind: 'uncertain', reason: 'no-answer' };
  if (!isNo(responseCode)) return { kind: 'uncertain', reason: 'unclear-answer' };
  return refusal(responseCode, 'message-refused', 'message-deferred');
}

function readBeforeBody(failure: SmtpFailure): Verdict {
  if (isNo(failure.responseCode)) return readRefusal(failure, failure.responseCode);
  if (failure.code === 'EMESSAGE') return { kind: 'refused', reason: 'too-large' };
  return { kind: 'try-later', reason: reasonWithoutAnswer(failure) };
}

// What the server has against us (greeting, encryption, sign-in, sender) is ours to repair and no fault of the letter.
function readRefusal(failure: SmtpFailure, responseCode: number): Verdict {
  const later = (reason: VerdictReason): Verdict => ({ kind: 'try-later', code: responseCode, reason });
  if (responseCode === 421) return later('server-closing');
  if (failure.code === 'EAUTH' || responseCode === 530) return later('sign-in-refused');
  if (failure.code === 'ETLS') return later('no-encryption');
  if (failure.command === 'RCPT TO') return refusal(responseCode, 'recipient-refused', 'recipient-deferred');
  if (failure.command === 'DATA') return refusal(responseCode, 'message-refused', 'message-deferred');
  if (failure.command !== 'MAIL FROM') return later('no-connection');
  return responseCode === 552 ? { kind: 'refused', code: 552, reason: 'too-large' } : later('sender-refused');
}

// 503 says that the dialogue was out of step, not that the message is unwanted.
function refusal(code: number, refused: VerdictReason, deferred: VerdictReason): Verdict {
  return code >= 500 && code !== 503
    ? { kind: 'refused', code, reason: refused }
    : { kind: 'try-later', code, reason: deferred };
}

function isNo(responseCode: number | undefined): responseCode is number {
  return responseCode !== undefined && responseCode >= 400 && responseCode <= 599;
}

function reasonWithoutAnswer({ code, originalCode = '' }: SmtpFailure): VerdictReason {
  if (code === 'ETLS' || /CERT|SSL|TLS|ISSUER|ALTNAME/.test(originalCode)) return 'no-encryption';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'sign-in-refused';
  if (code === 'ETIMEDOUT') return 'timed-out';
  if (code === 'EPROTOCOL') return 'unclear-answer';
  return code === 'ECONNECTION' ? 'connection-lost' : 'no-connection';
}
