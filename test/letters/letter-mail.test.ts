import { expect, test } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import type { LetterContent } from '../../src/letters/letter-content.ts';
import type { Letter } from '../../src/letters/letter-store.ts';
import { writeLetterMail } from '../../src/letters/sending/letter-mail.ts';
import { buildMessage } from '../../src/mail/message.ts';
import { createViews } from '../../src/rendering/create-views.ts';
import { letterText } from './a-letter-to-send.ts';

const views = createViews('templates');
const letter = {
  id: 'l',
  messageId: '0123456789abcdefghjkmnpqrs',
  language: 'en',
  identity: 1,
  letterDay: '2026-11-23',
} as Letter;

function mailOf(change: { replyTo?: string; name?: string; language?: string; identity?: number } = {}) {
  const content = {
    letterCase: { writer: { name: change.name ?? 'Sokha Chan' } },
    subject: 'Visas for officials',
    text: letterText,
    replyTo: change.replyTo ?? 'sokha@home.example',
  } as LetterContent;
  const given = { ...letter, language: change.language ?? 'en', identity: change.identity ?? 1 };
  return writeLetterMail(views, {
    letter: given,
    content,
    to: 'member@parliament.example',
    sender: 'letters@ecc.example',
  });
}

test('for 500 domains of writers the sender stays ours; the writer is in Reply-To and nowhere else (S-80)', async () => {
  for (let n = 0; n < 500; n++) {
    const replyTo = `writer@domain-${n}.example`;
    const mail = mailOf({ replyTo });
    expect(mail.from.address).toBe('letters@ecc.example');
    expect(mail.envelopeFrom).toBe('letters+0123456789abcdefghjkmnpqrs@ecc.example');
    const built = await buildMessage(mail);
    const head = built.ok ? (built.bytes.toString().split('\r\n\r\n')[0] ?? '') : '';
    expect(head.match(new RegExp(`domain-${n}\\.`, 'g'))).toHaveLength(1);
    expect(head).toContain(`Reply-To: ${replyTo}`);
  }
});

test('every language states date, limits of the check, where a reply goes and how to stop the mail, in both parts', () => {
  const expected = {
    en: ['23 November 2026', 'Identity papers'],
    fr: ['23\u00a0novembre 2026', 'pièce d’identité'],
    de: ['23. November 2026', 'Ausweis'],
  };
  for (const [language, words] of Object.entries(expected)) {
    const mail = mailOf({ language });
    for (const part of [mail.text, mail.html ?? '']) {
      for (const word of [...words, 'sokha@home.example', 'letters@ecc.example', 'STOP'])
        expect(part).toContain(word);
    }
  }
});

test('nothing of our own names who checked whom beyond the mailbox', () => {
  for (const language of ['en', 'fr', 'de']) {
    const footer = mailOf({ language }).text.slice(letterText.length);
    expect(footer).not.toMatch(
      /verified constituent|identity (was )?checked|identité (a été )?vérifiée|Identität (wurde )?geprüft|CNRP|PSNC/i,
    );
  }
});

test('a writer known only to an organizer is not named in the header', () => {
  for (const language of ['en', 'fr', 'de']) {
    expect(mailOf({ language, identity: 3 }).from.name).not.toContain('Sokha');
    expect(mailOf({ language, identity: 2 }).from.name).toContain('Sokha');
  }
});

test('a letter in a language without a mail of its own goes out with an English note', () => {
  expect(mailOf({ language: 'constructor' }).text).toContain('Identity papers');
});

test('every language of letters has a mail of its own, with a name for whoever is not named', () => {
  const english = mailOf({ language: 'en', identity: 3 });
  for (const language of loadCampaign('templates').letters.keys()) {
    const mail = mailOf({ language, identity: 3 });
    expect([language, mail.from.name.length > ' via Every Country Counts'.length + 3]).toEqual([
      language,
      true,
    ]);
    if (language !== 'en') expect(mail.from.name).not.toBe(english.from.name);
    for (const part of [mail.text, mail.html ?? ''])
      for (const word of [letterText.slice(0, 12), 'sokha@home.example', 'letters@ecc.example', 'STOP'])
        expect([language, part.includes(word)]).toEqual([language, true]);
  }
});
