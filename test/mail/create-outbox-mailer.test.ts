import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutboxMailer, listOutbox, readOutbox } from '../../src/mail/create-outbox-mailer.ts';
import { aMessage } from './a-message.ts';

let root: string;
let folder: string;
let now = Date.parse('2026-11-23T10:00:00Z');
const mailer = () => createOutboxMailer({ folder, clock: { now: () => now } });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'outbox-'));
  folder = join(root, 'var', 'outbox');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a mail is kept, listed and read again, with the very message beside it', async () => {
  const message = aMessage({ replyTo: 'sokha@home.example', html: '<p>x</p>', subject: 'សំណួរ' });
  expect(await mailer().submit(message)).toEqual({ kind: 'accepted' });
  const [mail] = await listOutbox(folder);
  if (!mail) throw new Error('nothing listed');
  expect(mail).toMatchObject({
    at: now,
    to: message.to,
    subject: 'សំណួរ',
    text: message.text,
    replyTo: 'sokha@home.example',
  });
  expect(await readOutbox(folder, mail.id)).toEqual(mail);
  const parsed = await PostalMime.parse(readFileSync(join(folder, `${mail.id}.eml`)));
  expect(parsed.subject).toBe('សំណួរ');
  expect(parsed.messageId).toBe(message.messageId);
});

test('the newest comes first, and no more than asked for', async () => {
  for (const subject of ['first', 'second', 'third']) {
    now += 1_000;
    await mailer().submit(aMessage({ subject }));
  }
  expect((await listOutbox(folder, 2)).map(({ subject }) => subject)).toEqual(['third', 'second']);
});

test('an outbox that was never used is empty', async () => {
  expect(await listOutbox(folder)).toEqual([]);
});

test('only the owner may read what is kept', async () => {
  await mailer().submit(aMessage());
  const [mail] = await listOutbox(folder);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(statSync(join(folder, `${mail?.id}.json`)).mode & 0o077).toBe(0);
});

test('an id that is a path or unknown gives nothing', async () => {
  writeFileSync(join(root, 'secret.json'), '{"id":"secret"}');
  for (const id of ['../secret', '..%2fsecret', '/etc/passwd', '', 'a'.repeat(26), '0'.repeat(27)]) {
    expect(await readOutbox(folder, id)).toBeNull();
  }
});

test('what a server would not get is not kept either', async () => {
  expect(await mailer().submit(aMessage({ to: 'a@b.example, c@d.example' }))).toEqual({
    kind: 'refused',
    reason: 'bad-address',
  });
  expect(await listOutbox(folder)).toEqual([]);
});
