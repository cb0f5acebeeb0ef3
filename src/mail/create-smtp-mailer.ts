import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Mailer } from './mailer.ts';
import { type BuiltMessage, buildMessage } from './message.ts';
import { createSmtpPool, type SmtpPool, type SmtpSettings } from './smtp-pool.ts';
import { readVerdict, type SmtpDialogue, type SmtpFailure, type Verdict, wasStale } from './smtp-verdict.ts';

type Built = Extract<BuiltMessage, { ok: true }>;

/** RFC 5321 lets a server think for 10 minutes about a message; no lane is held longer than this. */
const patience = 12 * 60_000;

/**
 * Submits messages to one server, one recipient an envelope, over a few connections that are used again.
 * @throws UsageError if the settings would send unencrypted to anything but this machine (security S-82).
 */
export function createSmtpMailer(settings: SmtpSettings): Mailer {
  const pool = createSmtpPool(settings);
  const underWay = new Set<Promise<Verdict>>();
  return {
    async submit(message) {
      const built = await buildMessage(message);
      if (!built.ok) return { kind: 'refused', reason: built.reason };
      const submission = submitWithin(settings.patienceMs ?? patience, pool, built);
      underWay.add(submission);
      return submission.finally(() => underWay.delete(submission));
    },
    async close() {
      pool.stop();
      await Promise.allSettled(underWay);
      await pool.close();
    },
  };
}

// The library's own limits notice only silence: a server that answers a byte a minute would hold a lane for hours.
async function submitWithin(ms: number, pool: SmtpPool, message: Built): Promise<Verdict> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), ms);
  try {
    return await submitBuilt(pool, message, deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function submitBuilt(pool: SmtpPool, message: Built, deadline: AbortSignal): Promise<Verdict> {
  while (!deadline.aborted) {
    const place = await pool.take(deadline);
    if (place.kind === 'stopped') return { kind: 'try-later', reason: 'stopped' };
    if (place.kind === 'failed') return readVerdict(neverSent(place.failure, deadline));
    const dialogue = await send(place.connection, message, deadline);
    const verdict = readVerdict(dialogue);
    pool.giveBack(place.connection, verdict.kind === 'accepted');
    if (!place.usedBefore || !wasStale(dialogue)) return verdict;
  }
  return readVerdict({ bodyRead: false, end: { kind: 'out-of-time' } });
}

function neverSent(failure: SmtpFailure, deadline: AbortSignal): SmtpDialogue {
  return { bodyRead: false, end: deadline.aborted ? { kind: 'out-of-time' } : { kind: 'failure', failure } };
}

// Before the body is first read nothing of the message has left; after that only a whole answer says what happened.
function send(connection: SMTPConnection, message: Built, deadline: AbortSignal): Promise<SmtpDialogue> {
  let bodyRead = false;
  const body = new Readable({
    read() {
      bodyRead = true;
      this.push(message.bytes);
      this.push(null);
    },
  });
  return new Promise((resolve) => {
    // Once settled the body is gone: what was called unsent can no longer be sent.
    const settle = (end: SmtpDialogue['end']) => {
      body.destroy();
      connection.removeListener('end', onEnd);
      deadline.removeEventListener('abort', onAbort);
      resolve({ bodyRead, end });
    };
    const onAbort = () => settle({ kind: 'out-of-time' });
    // The library may drop a connection without calling back; when it does call back it says more, so it goes first.
    const onEnd = () => setImmediate(settle, { kind: 'lost' });
    connection.once('end', onEnd);
    deadline.addEventListener('abort', onAbort);
    const envelope = { from: message.from, to: [message.to], size: message.bytes.length };
    connection.send(envelope, body, (failure, info) =>
      settle(failure ? { kind: 'failure', failure } : { kind: 'answer', text: info.response }),
    );
  });
}
