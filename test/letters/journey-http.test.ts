import { expect, it } from 'vitest';
import { listOutbox } from '../../src/mail/create-outbox-mailer.ts';
import { countRows } from '../support/databases.ts';
import { importInvented, type Page, type Site, siteForTests, type Visitor } from '../support/site.ts';

const open = siteForTests();

const ownWords =
  'I came here with two suitcases and I drive the early bus in our town. Years ago I stood in a queue before sunrise to vote, and I still remember how quiet and how hopeful everyone was that morning.';

const writer = {
  name: 'Sophea Example',
  street: '12 Sample Street',
  postcode: '0000',
  town: 'Exampleton',
  identity: '1',
  own: ownWords,
};

async function walkToPreview(visitor: Visitor, fields: Record<string, string> = {}): Promise<Page> {
  const ask = await visitor.get('/en/nz/write');
  const find = await visitor.send(ask, { ask: fields['ask'] ?? 'visa-sanctions' });
  const found = await visitor.send(find, { q: 'harbour north', go: 'look-up' });
  const seat = String(found.$('input[name=seat]').first().val());
  const words = await visitor.send(found, { seat }, '/en/nz/write/words');
  const { ask: _, ...typed } = fields;
  return await visitor.send(words, { ...writer, ...typed });
}

async function walkToMail(visitor: Visitor, email: string): Promise<Page> {
  const preview = await walkToPreview(visitor);
  const send = await visitor.send(preview);
  const withUs = await visitor.send(send, { how: 'with' });
  return await visitor.send(withUs, { email, keep: 'yes' });
}

const seen = new Set<string>();

/** The token link of the newest mail to an address, once the worker has sent it. */
async function mailedLink(site: Site, email: string): Promise<string> {
  for (let wait = 0; wait < 100; wait++) {
    const mail = (await listOutbox(site.running.parts.outboxFolder)).find(
      ({ to, id }) => to === email && !seen.has(id),
    );
    if (mail) seen.add(mail.id);
    const link = /https?:\/\/\S+\/l\/\S+/.exec(mail?.text ?? '')?.[0];
    if (link) return new URL(link).pathname;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no mail came: ${site.log.join('')}`);
}

it('leads from the ask to a letter that holds everything typed', async () => {
  const site = await open();
  await importInvented(site);
  const preview = await walkToPreview(site.visitor());
  expect(preview.status).toBe(200);
  const letter = preview.$('.sheet').text();
  for (const part of ['Sophea Example', '12 Sample Street', 'Alex Example', 'Harbour North', ownWords])
    expect(letter).toContain(part);
});

it('sends a letter only after the button behind the mailed link was pressed, and once', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  const sent = await walkToMail(visitor, 'sophea@example.org');
  expect(sent.$('h1').text()).toBe('Check your mail');
  const link = await mailedLink(site, 'sophea@example.org');

  const scanner = site.visitor();
  for (let visit = 0; visit < 5; visit++) await scanner.get(link);
  expect(await site.running.parts.db.selectFrom('letters').select('state').execute()).toEqual([
    { state: 'awaiting-confirmation' },
  ]);

  const confirm = await visitor.get(link);
  expect(confirm.url).not.toContain(link.split('/').at(-1));
  const confirmed = await visitor.send(confirm);
  expect(site.log.join('')).not.toContain('error');
  expect(confirmed.status).toBe(200);
  const again = await visitor.send(confirm);
  expect(again.status).toBe(404);

  await expect
    .poll(
      async () =>
        (await listOutbox(site.running.parts.outboxFolder)).filter(
          ({ to }) => to === 'alex.example@parliament.example',
        ).length,
      { timeout: 10_000 },
    )
    .toBe(1);
  const letter = (await listOutbox(site.running.parts.outboxFolder)).find(
    ({ to }) => to === 'alex.example@parliament.example',
  );
  expect(letter?.replyTo).toBe('sophea@example.org');
  expect(letter?.text).toContain(ownWords);
});

it('keeps nothing but a count of a letter made by oneself', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  const send = await visitor.send(await walkToPreview(visitor));
  const own = await visitor.send(send, { how: 'self' });
  expect(own.$('h1').first().text()).toBe('Your letter, for you alone');
  await visitor.send(send, { how: 'self' });
  const { db } = site.running.parts;
  for (const table of ['supporters', 'consents', 'letters', 'threads', 'events', 'links', 'link_mails'])
    expect(await countRows(db, table)).toBe(0);
  expect(await db.selectFrom('made_counts').selectAll().execute()).toEqual([
    { country: 'NZ', ask: 'visa-sanctions', month: '2026-11', n: 1 },
  ]);
  expect(site.log.join('')).not.toMatch(/sophea|example/i);
});

it('gives the letter as a PDF of one page', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  const send = await visitor.send(await walkToPreview(visitor));
  const own = await visitor.send(send, { how: 'self' });
  const pdf = await visitor.send(own);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.text.startsWith('%PDF')).toBe(true);
  expect(pdf.text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

it('shows the step again with 422, everything kept, when something is missing', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  const preview = await walkToPreview(visitor, { name: '', own: 'Too short.' });
  expect(preview.status).toBe(422);
  expect(preview.$('title').text()).toMatch(/^Error:/);
  expect(
    preview
      .$('.errors a')
      .map((_, link) => preview.$(link).attr('href'))
      .get(),
  ).toEqual(expect.arrayContaining(['#name', '#own']));
  expect(preview.$('#street').val()).toBe('12 Sample Street');
  expect(String(preview.$('#own').val())).toContain('Too short.');
});

it('makes one letter of fifty submissions at once', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  const preview = await walkToPreview(visitor);
  const withUs = await visitor.send(await visitor.send(preview), { how: 'with' });
  const pages = await Promise.all(
    Array.from({ length: 50 }, () => visitor.send(withUs, { email: 'sophea@example.org', keep: 'yes' })),
  );
  expect(new Set(pages.map((page) => page.status))).toEqual(new Set([200]));
  expect(await countRows(site.running.parts.db, 'letters')).toBe(1);
  expect(await countRows(site.running.parts.db, 'supporters')).toBe(1);
  expect(await countRows(site.running.parts.db, 'link_mails')).toBe(1);
});

it('shows the preview again when a byte of the letter is not what was approved', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  const preview = await walkToPreview(visitor);
  const changed = await visitor.send(preview, { own: `${ownWords} One more sentence.` });
  expect(changed.status).toBe(409);
  expect(changed.$('h1').text()).toBe('Read your letter');
});

it('prepares a letter for the writer’s own hand where the office takes no mail, and believes the day told', async () => {
  const site = await open();
  await importInvented(site, 'NZ', true);
  const visitor = site.visitor();
  await walkToMail(visitor, 'sophea@example.org');
  await visitor.send(await visitor.get(await mailedLink(site, 'sophea@example.org')));
  const own = await visitor.get('/en/l');
  expect(own.$('.chip').text()).toContain('Ready for you');
  const letter = String(own.$('input[name=letter]').first().val());
  const wrong = await visitor.post('/en/l/sent', { letter, day: '2031-01-01' });
  expect(wrong.status).toBe(422);
  const told = await visitor.post('/en/l/sent', { letter, day: '2026-11-23' });
  expect(told.$('.chip').text()).toContain('Sent by you');
  const erased = await visitor.send(told, { erase: 'yes' });
  expect(erased.$('h1').text()).toBe('Erased');
  for (const table of ['supporters', 'letters', 'threads', 'link_mails', 'links'])
    expect(await countRows(site.running.parts.db, table)).toBe(0);
});

it('erases letter and person when they change their mind before confirming', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  await walkToMail(visitor, 'sophea@example.org');
  const confirm = await visitor.get(await mailedLink(site, 'sophea@example.org'));
  const erased = await visitor.send(confirm, {}, '/en/l/erase-letter');
  expect(erased.$('h1').text()).toBe('Erased');
  expect(await countRows(site.running.parts.db, 'supporters')).toBe(0);
});

it('leaves nothing of a letter and a person that nobody confirmed in 72 hours', async () => {
  const site = await open();
  await importInvented(site);
  await walkToMail(site.visitor(), 'sophea@example.org');
  const { applyTimeLimits } = await import('../../src/letters/apply-time-limits.ts');
  const { eraseUnconfirmed } = await import('../../src/privacy/erase-supporter.ts');
  site.clock.advance(72 * 3_600_000);
  await applyTimeLimits(site.running.parts);
  await eraseUnconfirmed(site.running.parts);
  for (const table of ['supporters', 'letters', 'threads', 'link_mails', 'links', 'consents'])
    expect(await countRows(site.running.parts.db, table)).toBe(0);
});

it('keeps a corrected letter beside the first, and only one of the two goes out', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  await walkToMail(visitor, 'sophea@example.org');
  const first = await mailedLink(site, 'sophea@example.org');
  const corrected = await walkToPreview(visitor, {
    identity: '2',
    own: `${ownWords} I have corrected this.`,
  });
  const withUs = await visitor.send(await visitor.send(corrected), { how: 'with' });
  await visitor.send(withUs, { email: 'sophea@example.org', keep: 'yes' });
  await expect
    .poll(async () => (await listOutbox(site.running.parts.outboxFolder)).length, { timeout: 10_000 })
    .toBe(2);
  const second = await mailedLink(site, 'sophea@example.org');
  expect(second).not.toBe(first);

  const page = await visitor.get(second);
  expect(page.$('.sheet').text()).toContain('I have corrected this.');
  expect(page.$('.sheet').text()).not.toContain('12 Sample Street');
  expect((await visitor.send(page)).status).toBe(200);

  const late = await visitor.get(first);
  expect(late.$('.notice').text()).toContain('You have written already');
  expect((await visitor.send(late)).status).toBe(409);
});

it('lets a stranger’s form neither push out nor change a letter, nor use up the way to one’s own page', async () => {
  const site = await open();
  await importInvented(site);
  await walkToMail(site.visitor(), 'sophea@example.org');
  const mine = await mailedLink(site, 'sophea@example.org');
  for (const ask of ['asset-freeze', 'asylum', 'institutional-support']) {
    const stranger = site.visitor();
    const preview = await walkToPreview(stranger, { ask, name: 'Somebody Else' });
    const withUs = await stranger.send(await stranger.send(preview), { how: 'with' });
    await stranger.send(withUs, { email: 'sophea@example.org', keep: 'yes' });
  }
  const visitor = site.visitor();
  expect((await visitor.get(mine)).$('.sheet').text()).toContain('Sophea Example');
  await visitor.send(await visitor.get('/en/my-page'), { country: 'NZ', email: 'sophea@example.org' });
  const mails = await site.running.parts.db.selectFrom('link_mails').select('purpose').execute();
  expect(mails.filter(({ purpose }) => purpose === 'confirm')).toHaveLength(3);
  expect(mails.filter(({ purpose }) => purpose === 'manage')).toHaveLength(1);
});

it('takes three letters a person and day (S-70)', async () => {
  const site = await open();
  await importInvented(site);
  const asks = ['visa-sanctions', 'institutional-support', 'asset-freeze', 'asylum'];
  const statuses: number[] = [];
  for (const ask of asks) {
    const visitor = site.visitor();
    const withUs = await visitor.send(await visitor.send(await walkToPreview(visitor, { ask })), {
      how: 'with',
    });
    await visitor.send(withUs, { email: 'sophea@example.org', keep: 'yes' });
    if (ask === 'asylum') break;
    statuses.push(
      (await visitor.send(await visitor.get(await mailedLink(site, 'sophea@example.org')))).status,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(statuses).toEqual([200, 200, 200]);
  // The fourth has no link to be confirmed by, so nothing of it is kept.
  expect(await countRows(site.running.parts.db, 'letters')).toBe(3);
});

it('offers the letter that fits next, and takes it the same way to the office', async () => {
  const site = await open();
  await importInvented(site, 'NZ', true);
  const visitor = site.visitor();
  await walkToMail(visitor, 'sophea@example.org');
  await visitor.send(await visitor.get(await mailedLink(site, 'sophea@example.org')));
  const letter = String((await visitor.get('/en/l')).$('input[name=letter]').first().val());
  const told = await visitor.post('/en/l/sent', { letter, day: '2026-11-23' });
  expect(told.$('form[action="/en/nz/write/words"]').length).toBe(0);
  const answered = await visitor.post('/en/l/answered', { letter });
  const offered = answered.$('form[action="/en/nz/write/words"]');
  expect(offered.toArray().map((form) => answered.$(form).text().trim())).toEqual([
    'Write a letter of thanks',
    'Ask for a meeting',
  ]);
  const fields = offered
    .first()
    .find('input')
    .toArray()
    .map(({ attribs }) => [attribs['name'], attribs['value']]);
  const words = await visitor.post('/en/nz/write/words', Object.fromEntries(fields));
  expect(words.status).toBe(200);

  const wrong = await visitor.send(words, { ...writer, own: '', firstSubject: 'Economic sanctions now' });
  expect(wrong.status).toBe(422);
  const preview = await visitor.send(words, { ...writer, own: '' });
  expect(preview.status).toBe(200);
  expect(preview.$('.sheet').text()).toContain('23 November 2026');
  expect(preview.$('.sheet .mine').length).toBe(0);
  const withUs = await visitor.send(await visitor.send(preview), { how: 'with' });
  await visitor.send(withUs, { email: 'sophea@example.org', keep: 'yes' });
  await visitor.send(await visitor.get(await mailedLink(site, 'sophea@example.org')));

  const letters = await site.running.parts.db.selectFrom('letters').select(['kind', 'thread_id']).execute();
  expect(letters.map(({ kind }) => kind).sort()).toEqual(['first', 'thanks']);
  expect(new Set(letters.map(({ thread_id }) => thread_id)).size).toBe(1);
  const own = await visitor.get('/en/l');
  expect(own.$('button').text()).not.toContain('Write a letter of thanks');
});
