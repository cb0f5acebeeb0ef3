import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import type { Mailer } from './mailer.ts';
import { buildMessage, type OutgoingMessage } from './message.ts';

/** A mail that was kept instead of sent; beside it lies `<id>.eml` with its bytes. */
export type OutboxMail = Pick<OutgoingMessage, 'from' | 'to' | 'subject' | 'text' | 'messageId'> & {
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly replyTo: string | null;
  readonly html: string | null;
};

const idShape = /^[0-9a-z]{26}$/;

/** For development: keeps each message in a folder, never sends one. */
export function createOutboxMailer(settings: { readonly folder: string; readonly clock?: Clock }): Mailer {
  return {
    async submit(message) {
      const built = await buildMessage(message);
      if (!built.ok) return { kind: 'refused', reason: built.reason };
      await keep(settings.folder, (settings.clock ?? systemClock).now(), message, built.bytes);
      return { kind: 'accepted' };
    },
    close: async () => undefined,
  };
}

// The list reads the JSON files, so each appears only when it and the message beside it are whole.
async function keep(folder: string, at: number, message: OutgoingMessage, bytes: Buffer): Promise<void> {
  const id = newId(at);
  const { from, to, subject, text, messageId } = message;
  const mail: OutboxMail = {
    id,
    at,
    from,
    to,
    subject,
    text,
    messageId,
    replyTo: message.replyTo ?? null,
    html: message.html ?? null,
  };
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  await writeFile(join(folder, `${id}.eml`), bytes, { mode: 0o600 });
  await writeFile(join(folder, `${id}.part`), JSON.stringify(mail, null, 2), { mode: 0o600 });
  await rename(join(folder, `${id}.part`), join(folder, `${id}.json`));
}

/** The latest mails of an outbox folder, newest first. */
export async function listOutbox(folder: string, limit = 100): Promise<OutboxMail[]> {
  const names = await readdir(folder).catch(() => []);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const mails = await Promise.all(
    ids
      .sort()
      .reverse()
      .slice(0, limit)
      .map((id) => readOutbox(folder, id)),
  );
  return mails.filter((mail) => mail !== null);
}

/** One mail of an outbox folder, or null if there is none of this id. */
export async function readOutbox(folder: string, id: string): Promise<OutboxMail | null> {
  if (!idShape.test(id)) return null;
  const text = await readFile(join(folder, `${id}.json`), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as OutboxMail);
}
