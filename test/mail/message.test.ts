import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '../../src/mail/create-smtp-mailer.ts';
import type { Mailer } from '../../src/mail/mailer.ts';
import type { OutgoingMessage } from '../../src/mail/message.ts';
import { aMessage } from './a-message.ts';
import { hostileAddresses } from './hostile-addresses.ts';
import { headerNames, type SmtpSink, startSmtpSink } from './smtp-sink.ts';

let sink: SmtpSink;
let mailer: Mailer;
let seen = 0;

beforeAll(async () => {
  sink = await startSmtpSink();
  mailer = createSmtpMailer({
    host: '127.0.0.1',
    port: sink.port,
    tls: 'none-on-loopback',
    name: 'ecc.example',
  });
});
afterAll(async () => {
  await mailer.close();
  await sink.close();
});
afterEach(() => {
  seen = sink.mails.length;
});

async function sendAndRead(change: Partial<OutgoingMessage>) {
  expect(await mailer.submit(aMessage(change))).toEqual({ kind: 'accepted', code: 250 });
  expect(sink.mails).toHaveLength(seen + 1);
  const mail = sink.mails[seen];
  if (!mail) throw new Error('no mail');
  return { ...mail, parsed: await PostalMime.parse(Buffer.from(mail.raw, 'latin1')) };
}

const usualHeaders = [
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
];

/** What a reader shows of a text: lines end in LF, the last one need not. */
const shown = (text: string | undefined) => (text ?? '').replace(/\r\n/g, '\n').replace(/\n+$/, '');

describe('what arrives at a real server', () => {
  test('has one recipient, our sender, and only the headers of the list', async () => {
    const mail = await sendAndRead({ replyTo: 'sokha@home.example', html: '<p>Dear Ms Example,</p>' });
    expect(mail.to).toEqual(['member@parliament.example']);
    expect(mail.from).toBe('bounces@ecc.example');
    expect(mail.parsed.from).toEqual({
      name: 'Sokha Chan via Every Country Counts',
      address: 'letters@ecc.example',
    });
    expect(mail.parsed.replyTo?.map(({ address }) => address)).toEqual(['sokha@home.example']);
    expect(mail.parsed.messageId).toBe('<letter.1@ecc.example>');
    expect(headerNames(mail.raw)).toEqual(
      [...usualHeaders.filter((name) => name !== 'content-transfer-encoding'), 'reply-to'].sort(),
    );
  });

  test('may say that a machine wrote it, and nothing else of that kind', async () => {
    const mail = await sendAndRead({ headers: { 'Auto-Submitted': 'auto-generated' } });
    expect(headerNames(mail.raw)).toEqual([...usualHeaders, 'auto-submitted'].sort());
  });

  test('keeps Khmer in subject, name and text, with its word spaces', async () => {
    const subject = 'សំណួរ\u200bមួយ\u200bអំពី\u200bទិដ្ឋាការ \u200b'.repeat(4).trim();
    const text =
      `លោក\u200bស្រី\u200bជាទី\u200bគោរព\n\n${'ខ្ញុំ\u200bរស់នៅ\u200bក្នុង\u200bទីក្រុង។ '.repeat(60)}`.trimEnd();
    const mail = await sendAndRead({
      subject,
      text,
      from: { name: 'សុខា ចាន់', address: 'letters@ecc.example' },
    });
    expect(mail.parsed.subject).toBe(subject);
    expect(mail.parsed.from?.name).toBe('សុខា ចាន់');
    expect(shown(mail.parsed.text)).toBe(text);
  });

  test('keeps a long paragraph one line and French accents what they are', async () => {
    const text = `Madame la Députée,\n\n${'Je vous écris à propos du\u00a0Cambodge et de l’été. '.repeat(40)}Bien à vous`;
    const mail = await sendAndRead({ text });
    expect(shown(mail.parsed.text)).toBe(text);
    expect(Math.max(...mail.raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  test('lines that look like SMTP, headers or the end of the message stay text (A-04)', async () => {
    for (const breaks of ['\r\n', '\n', '\r']) {
      const text = [
        'line',
        '.',
        'MAIL FROM:<evil@evil.example>',
        '..',
        '. ',
        'From evil',
        '',
        '.',
        'Bcc: evil@evil.example',
        'QUIT',
        'end',
      ];
      const mail = await sendAndRead({ text: text.join(breaks) });
      expect(shown(mail.parsed.text).replace(/\r/g, '\n')).toBe(text.join('\n'));
      expect(headerNames(mail.raw)).toEqual(usualHeaders);
      seen++;
    }
  });

  test('a name that plays at being an address stays a name', async () => {
    const names = [
      'Sok" <evil@evil.example>',
      'evil@evil.example, Sok',
      'Sok <evil@evil.example>',
      'a;b:c,d@e',
      '\\"Sok\\"',
      'Sok (via)',
      '<>',
      "O'Brien",
      '@',
      'រដ្ឋ" <evil@evil.example>',
    ];
    for (const name of names) {
      const mail = await sendAndRead({ from: { name, address: 'letters@ecc.example' } });
      expect(mail.parsed.from).toEqual({ name, address: 'letters@ecc.example' });
      expect(mail.to).toEqual(['member@parliament.example']);
      expect(headerNames(mail.raw)).toEqual(usualHeaders);
      seen++;
    }
  });

  test('an internationalized domain is written in ASCII', async () => {
    const mail = await sendAndRead({ to: 'membre@élysée.example' });
    expect(mail.raw).toContain('\r\nTo: membre@xn--lyse-9oad.example\r\n');
    expect(mail.parsed.to?.map(({ address }) => address)).toEqual(['membre@xn--lyse-9oad.example']);
  });

  test('the body is text even where it plays at being a file or an address to fetch', async () => {
    const mail = await sendAndRead({
      text: 'file:///etc/hostname',
      html: '<img src="data:image/png;base64,AAAA"><p>x</p>',
    });
    expect(shown(mail.parsed.text)).toBe('file:///etc/hostname');
    expect(mail.parsed.attachments).toEqual([]);
  });
});

describe('what never leaves', () => {
  async function expectRefused(message: OutgoingMessage, reason: string) {
    expect(await mailer.submit(message)).toEqual({ kind: 'refused', reason });
    expect(sink.mails).toHaveLength(seen);
  }

  test('a message with a hostile address anywhere (A-02)', async () => {
    for (const address of hostileAddresses) {
      await expectRefused(aMessage({ to: address }), 'bad-address');
      await expectRefused(aMessage({ replyTo: address }), 'bad-address');
    }
    for (const address of hostileAddresses.slice(0, 50)) {
      await expectRefused(aMessage({ envelopeFrom: address }), 'bad-address');
      await expectRefused(aMessage({ from: { name: 'x', address } }), 'bad-address');
    }
  });

  test('a name, subject or Message-ID that breaks its line (A-03)', async () => {
    const breaks = [
      '\r\nBcc: evil@evil.example\r\n\r\nhi',
      '\n',
      '\r',
      '\u0085',
      '\u2028',
      '\u2029',
      '\u0000',
      '\u001b',
      '\u202e',
      '\ud800',
      '=?utf-8?q?evil=0d=0a?=',
    ];
    for (const piece of breaks) {
      await expectRefused(aMessage({ subject: `Hello${piece}there` }), 'bad-header');
      await expectRefused(
        aMessage({ from: { name: `Sok${piece}ha`, address: 'letters@ecc.example' } }),
        'bad-header',
      );
      await expectRefused(aMessage({ messageId: `<a${piece}@ecc.example>` }), 'bad-header');
    }
    for (const messageId of ['', 'a@b', '<a>', '<a@b> <c@d>', '<@b>', '<a@b', `<${'a'.repeat(200)}@b>`]) {
      await expectRefused(aMessage({ messageId }), 'bad-header');
    }
  });

  test('a header that is not on the list', async () => {
    for (const headers of [
      { Bcc: 'evil@evil.example' },
      { 'Auto-Submitted': 'no\r\nBcc: evil@evil.example' },
      { 'X-Mailer': 'x' },
    ]) {
      await expectRefused(aMessage({ headers: headers as never }), 'bad-header');
    }
  });

  test('a body that is not text', async () => {
    const bodies: unknown[] = [
      { path: '/etc/hostname' },
      { href: 'http://127.0.0.1/' },
      { raw: 'x' },
      Buffer.from('x'),
      7,
      null,
      'a\u0000b',
    ];
    for (const body of bodies) {
      await expectRefused(aMessage({ text: body as string }), 'bad-body');
      if (body !== null) await expectRefused(aMessage({ html: body as string }), 'bad-body');
    }
    await expectRefused(aMessage({ text: 'x'.repeat(1_000_001) }), 'bad-body');
  });
});
