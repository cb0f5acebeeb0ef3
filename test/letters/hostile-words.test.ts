import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheerioAPI, load } from 'cheerio';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type ReaderLanguage, readerLanguages } from '../../src/campaign/campaign-types.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { runCommand } from '../../src/commands/run-command.ts';
import { ownWordsSentence, type StopRule, type WarnRule } from '../../src/letters/own-words/own-words.ts';
import { headerNames, type SmtpSink, startSmtpSink } from '../mail/smtp-sink.ts';
import { anOrganizer } from '../support/organizer.ts';
import { importInvented, type Page, root, type Site, siteForTests, type Visitor } from '../support/site.ts';
import {
  bidiMarks,
  codePayloads,
  mailPayloads,
  type Payload,
  scriptPayloads,
  stoppedDangers,
  warnedDangers,
} from './hostile-payloads.ts';

// Closed after the site, which keeps a connection: what is set up first is taken down last.
const sinks: SmtpSink[] = [];
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close();
});
const open = siteForTests();
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const payloads: readonly Payload[] = [...scriptPayloads, ...codePayloads, ...mailPayloads];
const standing = payloads.filter(([fate]) => fate === 'stands').map(([, text]) => text);

// Twenty words that no rule minds, in three languages of letters.
const fillers = {
  en: 'I came here as a child with two bags and I have worked, paid taxes and raised a family ever since.',
  fr: 'Je suis arrivé ici enfant avec deux sacs, et depuis ce jour je travaille, je paie mes impôts et je vote.',
  de: 'Ich kam als Kind mit zwei Taschen hierher und habe seitdem immer gearbeitet, Steuern gezahlt und gewählt.',
};
const plain = `${fillers.en} And so I write to you today.`;
const around = (payload: string) => `${fillers.en} ${payload} And so I write to you today.`;

const writer = {
  name: 'Sophea Example',
  street: '12 Sample Street',
  postcode: '0000',
  town: 'Exampleton',
  identity: '1',
};

async function wordsPage(visitor: Visitor, reader: ReaderLanguage = 'en'): Promise<Page> {
  const ask = await visitor.get(`/${reader}/nz/write`);
  const find = await visitor.send(ask, { ask: 'visa-sanctions' });
  const found = await visitor.send(find, { q: 'harbour north', go: 'look-up' });
  const seat = String(found.$('input[name=seat]').first().val());
  return await visitor.send(found, { seat }, `/${reader}/nz/write/words`);
}

/** What a form keeps of words: its own newlines, no space at the ends of lines. */
function asKept(text: string): string {
  return text
    .replace(/\r\n?|\u2028/g, '\n')
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/gu, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** Every kind of element with its attributes, as `tag[a b]`. */
function shapesOf($: CheerioAPI): Set<string> {
  const shapes = $.root()
    .find('*')
    .toArray()
    .map((element) => `${element.tagName}[${Object.keys(element.attribs).sort().join(' ')}]`);
  return new Set(shapes);
}

/** Where a text stands in a page: `tag.class` for words, `tag[name].attribute` for what an attribute holds. */
function placesOf(page: Pick<Page, 'text'>, text: string): string[] {
  const $ = load(page.text.replaceAll('<br>', '\n'));
  return $.root()
    .find('*')
    .toArray()
    .flatMap((element) => {
      const { name = '', class: kind = '' } = element.attribs;
      const held = Object.entries(element.attribs).filter(([, value]) => value.includes(text));
      const words = $(element)
        .contents()
        .filter((_, node) => 'data' in node && String(node.data).includes(text));
      return [
        ...held.map(([attribute]) => `${element.tagName}[${name}].${attribute}`),
        ...words.toArray().map(() => `${element.tagName}${kind && `.${kind.split(' ')[0]}`}`),
      ];
    });
}

function expectSameShapes(page: Page, other: Page, why: string): void {
  const known = shapesOf(other.$);
  expect([why, [...shapesOf(page.$)].filter((shape) => !known.has(shape))]).toEqual([why, []]);
}

/** The words come back, literally, in their own field and nowhere else, with the sentence beside them. */
function expectRefused(
  { site, page, other }: { site: Site; page: Page; other: Page },
  own: string,
  rule: StopRule,
  reader: ReaderLanguage,
): void {
  expect([own, page.status]).toEqual([own, 422]);
  expect(page.$('#own-e').text()).toContain(ownWordsSentence(site.running.parts.campaign, rule, reader));
  expect(page.$('#own').attr('aria-describedby')).toContain('own-e');
  expect(page.$('.errors a[href="#own"]').length).toBe(1);
  expect(String(page.$('#own').val()).replace(/^\n/, '')).toBe(own);
  expect([own, placesOf(page, own)]).toEqual([own, ['textarea']]);
  expect(page.$('#street').val()).toBe(writer.street);
  expectSameShapes(page, other, own);
}

describe('on the page of the own words', () => {
  it('what is code, a header or a line of the mail protocol is refused, and comes back as it was typed', async () => {
    const site = await open();
    await importInvented(site);
    const refused = payloads.filter((one): one is readonly [StopRule, string] => one[0] !== 'stands');
    expect([scriptPayloads.length, new Set(payloads.map(([, text]) => text)).size]).toEqual([
      60,
      payloads.length,
    ]);
    for (const reader of readerLanguages) {
      const visitor = site.visitor();
      const words = await wordsPage(visitor, reader);
      const other = await visitor.send(words, { ...writer, own: 'Too short.' });
      expect(other.status).toBe(422);
      // Each in one language, so that all three are read.
      const share = refused.filter((_, at) => readerLanguages[at % readerLanguages.length] === reader);
      for (const [rule, payload] of share) {
        const page = await visitor.send(words, { ...writer, own: around(payload) });
        expectRefused({ site, page, other }, asKept(around(payload)), rule, reader);
      }
    }
    expect(site.log.join('')).not.toMatch(/error|evil|alert/);
  });

  it('what a letter may not say is refused in three languages, and what is dangerous to say is asked about', async () => {
    const site = await open();
    const { campaign } = site.running.parts;
    // A member state: letters to the European Parliament, in several languages.
    for (const reader of readerLanguages) {
      const visitor = site.visitor();
      const find = await visitor.send(await visitor.get(`/${reader}/at/write`), { ask: 'asylum' });
      const typed = { representative: 'Alex Example', chamber: 'parliament' };
      const words = await visitor.send(find, typed, `/${reader}/at/write/words`);
      const say = (language: keyof typeof fillers, text: string) => ({
        ...writer,
        postcode: '1010',
        letterLanguage: language,
        own: `${fillers[language]} ${text}`,
      });
      const others = new Map<string, Page>();
      for (const language of ['en', 'fr', 'de'] as const)
        others.set(language, await visitor.send(words, { ...say(language, ''), own: 'Non.' }));
      for (const [rule, language, text] of stoppedDangers) {
        const fields = say(language, text);
        const page = await visitor.send(words, fields);
        const other = others.get(language) ?? page;
        expectRefused({ site, page, other }, fields.own, rule, reader);
      }
      for (const [rule, language, text] of warnedDangers) {
        const fields = say(language, text);
        const asked = await visitor.send(words, fields);
        expect([text, asked.status, asked.$('#own-e').length]).toEqual([text, 422, 0]);
        const sentence = ownWordsSentence(campaign, rule, reader);
        expect(asked.$('.notice li').text()).toBe(sentence);
        expect([text, placesOf(asked, fields.own)]).toEqual([text, ['textarea']]);
        const preview = await visitor.send(asked, { tick: 'yes' });
        expect([text, preview.status]).toEqual([text, 200]);
        expect(placesOf(preview, fields.own)).toContain('p.mine');
      }
    }
  });

  it('broken characters are refused; what is far too long is refused and kept, or is no form of ours', async () => {
    const site = await open();
    await importInvented(site);
    const visitor = site.visitor();
    const words = await wordsPage(visitor);
    const other = await visitor.send(words, { ...writer, own: 'Too short.' });
    // Half of a pair cannot travel in a form: a browser puts U+FFFD in its place, and so do we for raw bytes.
    for (const broken of ['\ud800', '\udc00\ud800', '\ufffd']) {
      const page = await visitor.send(words, { ...writer, own: around(broken) });
      expectRefused({ site, page, other }, around(broken.toWellFormed()), 'broken', 'en');
    }
    const long = `${plain} <b>${'word '.repeat(1_000)}`.trim();
    const page = await visitor.send(words, { ...writer, own: long });
    expectRefused({ site, page, other }, long, 'too-long', 'en');

    const longer = `<b>${'word '.repeat(6_000)}`;
    const kept = await visitor.send(words, { ...writer, own: longer });
    expect(kept.status).toBe(422);
    expect(kept.$('#own-e').text()).toContain('12,000');
    expect(String(kept.$('#own').val()).replace(/^\n/, '')).toBe(longer);
    expectSameShapes(kept, other, 'far too long');

    const longest = await visitor.send(words, { ...writer, own: 'x'.repeat(200_000) });
    expect(longest.status).toBe(413);
    expect(longest.$('main p').text().length).toBeGreaterThan(40);
    expect(longest.text).not.toContain('xxxxx');
  });
});

type Outputs = { preview: Page; self: Page; pdf: Buffer; confirm: Page; mine: Page };
type Walk = {
  own: string;
  email: string;
  reader?: ReaderLanguage;
  typed?: Record<string, string>;
  byMail?: boolean;
};

/** All the way, by oneself and with the campaign, to one's own page; what every page on the way showed. */
async function walkEverywhere(site: Site, sink: SmtpSink, walk: Walk): Promise<Outputs> {
  const { own, email, reader = 'en', typed = {} } = walk;
  const visitor = site.visitor();
  const preview = await visitor.send(await wordsPage(visitor, reader), { ...writer, ...typed, own });
  expect([own, preview.status, preview.$('.wrong').text()]).toEqual([own, 200, '']);
  const send = await visitor.send(preview);
  const self = await visitor.send(send, { how: 'self' });
  const pdf = await fetchPdf(site, self);
  const withUs = await visitor.send(send, { how: 'with' });
  const sent = await visitor.send(withUs, { email, keep: 'yes' });
  expect([own, sent.status]).toEqual([own, 200]);
  const confirm = await visitor.get(await mailedLink(sink, email));
  const confirmed = await visitor.send(confirm);
  expect([own, confirmed.status]).toEqual([own, 200]);
  if (walk.byMail !== false) await letterFrom(sink, email);
  const mine = await visitor.get(`/${reader}/l`);
  return { preview, self, pdf, confirm, mine };
}

async function fetchPdf(site: Site, page: Page): Promise<Buffer> {
  const form = page.$('#journey');
  const fields = form.find('input').toArray();
  const body = new URLSearchParams(
    fields.map(({ attribs }): [string, string] => [attribs['name'] ?? '', attribs['value'] ?? '']),
  );
  const headers = { 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(new URL(form.attr('action') ?? '', site.url), { method: 'POST', body, headers });
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  return Buffer.from(await answer.arrayBuffer());
}

async function mailedLink(sink: SmtpSink, email: string): Promise<string> {
  const mail = await arrived(sink, ({ to }) => to.includes(email));
  const link = /https?:\/\/\S+\/l\/\S+/.exec((await parse(mail.raw)).text ?? '')?.[0] ?? '';
  return new URL(link).pathname;
}

const letterFrom = (sink: SmtpSink, email: string) =>
  arrived(sink, ({ raw }) => raw.includes(`Reply-To: ${email}`));

async function arrived(sink: SmtpSink, is: (mail: SmtpSink['mails'][number]) => boolean) {
  return await expect
    .poll(() => sink.mails.find(is), { timeout: 10_000, interval: 5 })
    .toBeDefined()
    .then(() => sink.mails.find(is) as SmtpSink['mails'][number]);
}

const parse = (raw: string) => PostalMime.parse(Buffer.from(raw, 'latin1'));

async function openWithMail(noMail = false): Promise<{ site: Site; sink: SmtpSink }> {
  const sink = await startSmtpSink();
  sinks.push(sink);
  const site = await open({ SMTP_URL: `smtp://127.0.0.1:${sink.port}` });
  await importInvented(site, 'NZ', noMail);
  return { site, sink };
}

const hasReader = spawnSync('pdftotext', ['-v']).error === undefined;
if (!hasReader) console.warn('skipped: pdftotext is absent, so nobody reads the words in the PDFs');

/** The text of a PDF without any space: where its lines break is the page's own matter. */
function textOfPdf(pdf: Buffer): string {
  const file = join(folder, 'letter.pdf');
  writeFileSync(file, pdf);
  return withoutSpace(execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }));
}

const withoutSpace = (text: string) => text.replace(/[\s\u200b\f]+/g, '');

/** What a mail program makes of the address on the page: its fields, in their order. */
function mailtoFields(page: Page): [string, string][] {
  const href = page.$('a[href^="mailto:"]').attr('href') ?? '';
  expect(href).toMatch(/^mailto:alex\.example@parliament\.example\?[^#?]*$/);
  const fields = (href.split('?')[1] ?? '').split('&').map((field) => field.split('='));
  return fields.map(([name = '', value = '', ...more]) => {
    expect(more).toEqual([]);
    return [name, decodeURIComponent(value).replaceAll('\r\n', '\n')];
  });
}

function expectEverywhere(given: Outputs, other: Outputs, own: string): void {
  const { preview, self, confirm, mine } = given;
  expect([own, placesOf(preview, own)]).toEqual([own, ['p.mine', 'input[own].value']]);
  expect([own, placesOf(self, own).sort()]).toEqual([own, ['input[own].value', 'p.mine', 'textarea']]);
  // A whole letter is too long for such an address: only its subject goes along.
  expect(mailtoFields(self)).toEqual(mailtoFields(other.self));
  expect([own, placesOf(confirm, own)]).toEqual([own, ['p.mine']]);
  expect([own, placesOf(mine, own)]).toEqual([own, ['pre.text']]);
  for (const page of ['preview', 'self', 'confirm', 'mine'] as const)
    expectSameShapes(given[page], other[page], `${page}: ${own}`);
  expectInPdf(given.pdf, own);
}

function expectInPdf(pdf: Buffer, own: string): void {
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(pdf.toString('latin1')).not.toMatch(/\/(?:URI|JavaScript|JS|Launch|OpenAction|AA)\b/);
  if (hasReader) expect(textOfPdf(pdf)).toContain(withoutSpace(own));
}

async function expectInMail(raw: string, other: string, own: string): Promise<void> {
  expect(headerNames(raw)).toEqual(headerNames(other));
  const mail = await parse(raw);
  expect(mail.attachments).toEqual([]);
  expect(mail.subject).toBe((await parse(other)).subject);
  expect(mail.text).toContain(own);
  const $ = load((mail.html ?? '').replaceAll('<br>', '\n'));
  const paragraphs = $('p').toArray();
  expect(paragraphs.map((one) => $(one).text()).join('\n\n')).toContain(own);
  expect([own, [...shapesOf(load(mail.html ?? ''))].sort()]).toEqual([
    own,
    ['body[]', 'br[]', 'head[]', 'hr[]', 'html[lang]', 'meta[charset]', 'p[]', 'title[]'],
  ]);
}

/** The payloads that stand, five in the words of a letter. */
const standingWords = Array.from({ length: Math.ceil(standing.length / 5) }, (_, at) =>
  asKept(around(standing.slice(at * 5, at * 5 + 5).join(' '))),
);

describe('words that only look like code stand as they were typed', () => {
  it('in every page, in what is copied, in the PDF and in both parts of the mail; organizers see nothing of them', async () => {
    const { site, sink } = await openWithMail();
    const other = await walkEverywhere(site, sink, { own: plain, email: 'plain@example.org' });
    const otherMail = (await letterFrom(sink, 'plain@example.org')).raw;
    for (const [at, own] of standingWords.entries()) {
      const email = `writer-${at}@example.org`;
      expectEverywhere(await walkEverywhere(site, sink, { own, email }), other, own);
      await expectInMail((await letterFrom(sink, email)).raw, otherMail, own);
    }
    const letters = sink.mails.filter(({ from }) => from.startsWith('letters'));
    expect(letters).toHaveLength(standingWords.length + 1);
    expect(new Set(letters.flatMap(({ to }) => to))).toEqual(new Set(['alex.example@parliament.example']));

    const { visitor } = await anOrganizer(site, ['NZ']);
    for (const path of ['/en/organizers', '/en/organizers/nz']) {
      const page = await visitor.get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text).not.toContain(fillers.en.slice(0, 30));
      expect(page.$('main').text()).not.toMatch(/alert|evil|onfocus|Sophea/);
    }
    expect(site.log.join('')).not.toMatch(/"level":"error"|two bags|alert/);
  });

  it('where the writer sends the letter by hand, and keeps a Khmer text beside it that nobody is sent', async () => {
    const { site, sink } = await openWithMail(true);
    const typed = { ownKhmer: asKept(payloads.map(([, text]) => text).join('\n')).trim() };
    const walk = { email: 'plain@example.org', reader: 'km', byMail: false } as const;
    const other = await walkEverywhere(site, sink, { ...walk, own: plain, typed: { ownKhmer: 'ខ្ញុំ\nខ្ញុំ' } });
    const own = standingWords[0] ?? '';
    const given = await walkEverywhere(site, sink, { ...walk, email: 'hand@example.org', own, typed });
    const { preview, self, confirm, mine, pdf } = given;
    expect(placesOf(preview, own)).toEqual(['p.mine', 'input[own].value']);
    expect(placesOf(preview, typed.ownKhmer)).toEqual(['p.mine', 'input[ownKhmer].value']);
    expect(placesOf(self, typed.ownKhmer)).toEqual(['input[ownKhmer].value', 'p']);
    expect(placesOf(mine, own)).toEqual(['textarea']);
    for (const page of ['preview', 'self', 'confirm', 'mine'] as const)
      expectSameShapes(given[page], other[page], page);
    for (const page of [confirm, mine]) expect(page.text).not.toContain('evil.example');
    expectInPdf(pdf, own);
    if (hasReader) expect(textOfPdf(pdf)).not.toContain('evil.example');
    expect(sink.mails.map(({ to: [address] }) => address)).toEqual([walk.email, 'hand@example.org']);
  });

  it('in the address for a mail program, where the letter is short enough for one', async () => {
    const { site } = await openWithMail();
    for (const payload of [
      '&bcc=else%40evil.example&body=gone#?subject=x',
      '\n.hidden\n',
      '" onfocus=alert(1) x="',
    ]) {
      const own = asKept(around(payload));
      const visitor = site.visitor();
      const first = { kind: 'thanks', firstDate: '2026-10-01', firstSubject: 'Visas for officials' };
      const preview = await visitor.send(await wordsPage(visitor), { ...writer, ...first, own });
      const self = await visitor.send(await visitor.send(preview), { how: 'self' });
      const fields = mailtoFields(self);
      expect([own, fields.map(([name]) => name)]).toEqual([own, ['subject', 'body']]);
      expect(fields[1]?.[1]).toContain(own);
    }
  });

  it('without the marks of writing direction and the control characters among them', async () => {
    const { site, sink } = await openWithMail();
    const marks = [...bidiMarks, ...'\u0000\u0007\u001b\u007f\u009f'];
    const own = around(`I am${marks.map((mark) => ` ${mark}free${mark}`).join('')} and glad.`);
    const clean = around(`I am${marks.map(() => ' free').join('')} and glad.`);
    const outputs = await walkEverywhere(site, sink, { own, email: 'marks@example.org' });
    const mail = await parse((await letterFrom(sink, 'marks@example.org')).raw);
    const { preview, self, confirm, mine, pdf } = outputs;
    for (const text of [preview.text, self.text, confirm.text, mine.text, mail.text, mail.html]) {
      expect(text).toContain(clean);
      expect(marks.filter((mark) => text?.includes(mark))).toEqual([]);
    }
    expectInPdf(pdf, clean);
  });
});

async function compose(ownWords: string, ...args: string[]) {
  let out = '';
  let err = '';
  const nz = {
    country: 'NZ',
    ask: 'visa-sanctions',
    date: '2026-11-23',
    writer: { name: 'Maly Sample', address: ['12 Example Street', 'Porirua 5022'] },
    representative: { name: 'Jo Bright', chamber: 'house', constituency: 'Mana' },
    ownWords,
  };
  const code = await runCommand(['compose', '--case', '-', '--place', 'NZ', ...args], {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    stdin: async () => JSON.stringify(nz),
    now: () => Date.parse('2026-11-23T10:00:00Z'),
    root,
  });
  return { code, out, err };
}

describe('on the command line', () => {
  it('what is refused prints no letter, and says why', async () => {
    const code = 'ownWords: Leave out program code';
    const broken = 'ownWords: Some of these characters are broken';
    const cases: [words: string, says: string][] = [
      ...payloads.flatMap(([fate, text], at): [string, string][] =>
        fate === 'stands' || at % 15 !== 0 ? [] : [[around(text), code]],
      ),
      [around('\r\n.\r\n'), code],
      [around('\ud800'), broken],
      [around('\ufffd'), broken],
      ['x'.repeat(200_000), 'ownWords: Keep your own words to 100 at most'],
      ['x'.repeat(200_001), 'ownWords: is far too long'],
    ];
    for (const [words, says] of cases) {
      const { code, out, err } = await compose(words, '--json', '--pdf', join(folder, 'never.pdf'));
      expect([words.slice(0, 200), code, out]).toEqual([words.slice(0, 200), 2, '']);
      expect(err).toContain(says);
      expect(err.length).toBeLessThan(1_000);
    }
    expect(existsSync(join(folder, 'never.pdf'))).toBe(false);
  });

  it('what a letter may not say is refused, what is dangerous to say is warned of, in three languages', async () => {
    const { ownWords } = loadCampaign('templates', { only: ['EU'] });
    const english = (rule: StopRule | WarnRule) => ownWords.sentences.get(rule)?.en ?? 'no such sentence';
    const address = ['--address', '12 Sample Street', '--address', '1010 Wien'];
    const inEurope = ['--country', 'AT', '--place', 'EU', '--chamber', 'parliament', ...address];
    // Each rule in one language, each language in turn.
    const inTurn = (_: unknown, at: number) => Math.floor(at / 3) % 3 === at % 3;
    for (const [rule, language, text] of stoppedDangers.filter(inTurn)) {
      const { code, out, err } = await compose(
        `${fillers[language]} ${text}`,
        ...inEurope,
        '--language',
        language,
      );
      expect([text, code, out]).toEqual([text, 2, '']);
      expect(err).toContain(`ownWords: ${english(rule)} (${rule}`);
    }
    for (const [rule, language, text] of warnedDangers.filter(inTurn)) {
      const words = `${fillers[language]} ${text}`;
      const { code, out, err } = await compose(words, ...inEurope, '--language', language);
      expect([text, code, out.includes(words)]).toEqual([text, 0, true]);
      expect(err).toContain(`warning: ownWords: ${english(rule)} (${rule}`);
    }
  });

  it('what stands is printed as it is, as text, as JSON and as PDF', async () => {
    for (const [at, own] of standingWords.entries()) {
      const file = join(folder, `letter-${at}.pdf`);
      const { code, out } = await compose(
        own,
        ...(at % 2 ? ['--json'] : []),
        ...(at % 4 ? [] : ['--pdf', file]),
      );
      expect([own, code]).toEqual([own, 0]);
      expect([own, (at % 2 ? JSON.parse(out).text : out).includes(own)]).toEqual([own, true]);
      if (at % 4 === 0) expectInPdf(readFileSync(file), own);
    }
  });
});
