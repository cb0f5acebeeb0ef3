import { expect, it } from 'vitest';
import { listOutbox } from '../../src/mail/create-outbox-mailer.ts';
import { importInvented, type Page, type Site, siteForTests, type Visitor } from '../support/site.ts';

const open = siteForTests();

const ownWords =
  'I came here with two suitcases and I drive the early bus in our town. Years ago I stood in a queue before sunrise to vote, and I still remember how quiet everyone was.';
const address = { street: '12 Sample Street', postcode: '0000', town: 'Exampleton', identity: '1' };
const email = 'sophea@example.org';

async function confirmedLetter(site: Site, visitor: Visitor): Promise<Page> {
  const find = await visitor.send(await visitor.get('/en/nz/write'), { ask: 'asylum' });
  const found = await visitor.send(find, { q: 'harbour north', go: 'look-up' });
  const seat = String(found.$('input[name=seat]').first().val());
  const words = await visitor.send(found, { seat }, '/en/nz/write/words');
  return await sendAndConfirm(site, visitor, words, { name: 'Sophea Example', own: ownWords, ...address });
}

async function sendAndConfirm(
  site: Site,
  visitor: Visitor,
  words: Page,
  fields: Record<string, string>,
): Promise<Page> {
  const send = await visitor.send(await visitor.send(words, fields));
  await visitor.send(await visitor.send(send, { how: 'with' }), { email, keep: 'yes' });
  return await visitor.send(await visitor.get(await mailedLink(site)));
}

const seen = new Set<string>();

async function mailedLink(site: Site): Promise<string> {
  for (let wait = 0; wait < 100; wait++) {
    const mails = await listOutbox(site.running.parts.outboxFolder);
    const mail = mails.find(({ to, id }) => to === email && !seen.has(id));
    if (mail) seen.add(mail.id);
    const link = /https?:\/\/\S+\/l\/\S+/.exec(mail?.text ?? '')?.[0];
    if (link) return new URL(link).pathname;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no mail came: ${site.log.join('')}`);
}

/** The latest letter comes to its end unsent. */
async function end(site: Site, state: 'returned' | 'expired', kind: string): Promise<void> {
  const gone = state === 'expired' ? { text_box: null, unique_key: null } : {};
  await site.running.parts.db
    .updateTable('letters')
    .set({ state, ...gone })
    .where('kind', '=', kind)
    .execute();
}

async function openRenewal(visitor: Visitor): Promise<Page> {
  const mine = await visitor.get('/en/l');
  const forms = mine.$('form').filter((_, form) => mine.$(form).text().includes('Write it anew'));
  expect(forms.length).toBe(1);
  const fields = forms
    .find('input')
    .toArray()
    .map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? '']);
  return await visitor.post(forms.attr('action') ?? '', Object.fromEntries(fields));
}

const lettersOf = async (site: Site) =>
  await site.running.parts.db
    .selectFrom('letters')
    .select(['kind', 'round', 'thread_id', 'state', 'ask', 'seat_id'])
    .orderBy('created_at')
    .execute();

it('writes a returned letter anew: everything but the address is there, in the same thread, one round on', async () => {
  const site = await open();
  await importInvented(site, 'NZ', true);
  const visitor = site.visitor();
  await confirmedLetter(site, visitor);
  expect((await visitor.get('/en/l')).text).not.toContain('Write it anew');
  await end(site, 'returned', 'first');

  const words = await openRenewal(visitor);
  expect(words.$('textarea[name=own]').val()).toBe(ownWords);
  expect(words.$('input[name=name]').val()).toBe('Sophea Example');
  for (const name of ['street', 'postcode', 'town'])
    expect([name, words.$(`input[name=${name}]`).val()]).toEqual([name, '']);
  expect((await sendAndConfirm(site, visitor, words, address)).status).toBe(200);

  const letters = await lettersOf(site);
  expect(letters.map(({ kind, round }) => [kind, round])).toEqual([
    ['first', 1],
    ['renewed', 2],
  ]);
  for (const same of ['thread_id', 'ask', 'seat_id'] as const)
    expect(new Set(letters.map((letter) => letter[same])).size).toBe(1);
  expect((await visitor.get('/en/l')).text).not.toContain('Write it anew');
});

it('writes an expired letter anew without its words, which are gone, as often as it ends unsent', async () => {
  const site = await open();
  await importInvented(site, 'NZ', true);
  const visitor = site.visitor();
  await confirmedLetter(site, visitor);
  await end(site, 'expired', 'first');
  for (const round of [2, 3]) {
    const words = await openRenewal(visitor);
    expect(words.$('h1').text()).toContain('Why does this matter');
    expect(String(words.$('textarea[name=own]').val()).trim()).toBe('');
    site.clock.advance(1000);
    const typed = { name: 'Sophea Example', own: `${ownWords} Round ${round}.`, ...address };
    expect((await sendAndConfirm(site, visitor, words, typed)).status).toBe(200);
    expect((await lettersOf(site)).at(-1)).toMatchObject({ kind: 'renewed', round });
    await end(site, 'expired', 'renewed');
  }
});

it('takes no renewed letter where the one before has not ended, whatever a form says', async () => {
  const site = await open();
  await importInvented(site, 'NZ', true);
  const visitor = site.visitor();
  await confirmedLetter(site, visitor);
  await end(site, 'returned', 'first');
  const words = await openRenewal(visitor);
  await site.running.parts.db.updateTable('letters').set({ state: 'ready-for-you' }).execute();
  const refused = await sendAndConfirm(site, visitor, words, address);
  expect(refused.status).toBe(409);
  expect(refused.$('.notice').text()).toContain('You have written already');
});
