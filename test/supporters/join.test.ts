import { expect, it } from 'vitest';
import { listOutbox } from '../../src/mail/create-outbox-mailer.ts';
import { day, minute } from '../../src/shared/clock.ts';
import { signUp } from '../../src/supporters/sign-up.ts';
import { aSupporter, vaultForTests } from '../support/builders.ts';
import { countRows, forEachDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type Site, siteForTests, type Visitor } from '../support/site.ts';

const open = siteForTests();

const join = async (visitor: Visitor, fields: Record<string, string>) =>
  await visitor.send(await visitor.get('/en/join'), fields);

async function mailTo(site: Site, email: string) {
  await expect
    .poll(async () => (await listOutbox(site.running.parts.outboxFolder)).some(({ to }) => to === email), {
      timeout: 10_000,
    })
    .toBe(true);
  return (await listOutbox(site.running.parts.outboxFolder)).find(({ to }) => to === email);
}

it('counts a person of any country once they have pressed the button in their mail', async () => {
  const site = await open();
  const visitor = site.visitor();
  const sent = await join(visitor, { country: 'BR', email: 'sophea@example.org', keep: 'yes' });
  expect(sent.$('h1').text()).toBe('Check your mail');
  const link = new URL(
    /https?:\/\/\S+/.exec((await mailTo(site, 'sophea@example.org'))?.text ?? '')?.[0] ?? '',
  ).pathname;
  const confirm = await visitor.get(link);
  expect(await site.running.parts.db.selectFrom('supporters').select('state').execute()).toEqual([
    { state: 'unconfirmed' },
  ]);
  const done = await visitor.send(confirm);
  expect(done.$('h1').text()).toBe('You are signed up');
  expect(
    await site.running.parts.db.selectFrom('supporter_counts').selectAll().where('n', '>', 0).execute(),
  ).toEqual([{ country: 'BR', state: 'confirmed', n: 1 }]);
});

it('sends a neutral mail: no campaign, party or country of origin in it (S-12)', async () => {
  const site = await open();
  await join(site.visitor(), { country: 'NZ', email: 'sophea@example.org', keep: 'yes' });
  const mail = await mailTo(site, 'sophea@example.org');
  expect(`${mail?.from.name} ${mail?.subject} ${mail?.text} ${mail?.html}`).not.toMatch(
    /cambod|cnrp|campaign|party|letter|parliament|every country|vote/i,
  );
});

it('refuses who lives in Cambodia with the reason, and keeps nothing', async () => {
  const site = await open();
  const page = await join(site.visitor(), { country: 'KH', email: 'sophea@example.org', keep: 'yes' });
  expect(page.status).toBe(422);
  expect(page.$('.errors').text()).toContain('could be used against you');
  expect(await countRows(site.running.parts.db, 'supporters')).toBe(0);
});

it('keeps what was typed when something is wrong, with a sentence at each field', async () => {
  const site = await open();
  const page = await join(site.visitor(), { country: 'NZ', email: 'sophea.example.org' });
  expect(page.status).toBe(422);
  expect(page.$('.errors li')).toHaveLength(2);
  expect(page.$('#email').val()).toBe('sophea.example.org');
  expect(page.$('#country').val()).toBe('NZ');
});

it('answers the same for an address that is known, and mails at most three times a day (S-07, S-10)', async () => {
  const site = await open();
  const answers = [];
  for (let n = 0; n < 6; n++) {
    const page = await join(site.visitor(), { country: 'NZ', email: 'sophea@example.org', keep: 'yes' });
    answers.push({ status: page.status, text: page.text });
    site.clock.advance(10 * minute);
  }
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await countRows(site.running.parts.db, 'supporters')).toBe(1);
  expect(await countRows(site.running.parts.db, 'link_mails')).toBe(3);
});

forEachDatabase((openDatabase) => {
  it('makes one person of many sign-ups with one address at the same moment', async () => {
    const db = await openDatabase();
    const parts = { db, vault: vaultForTests(), clock: fakeClock() };
    const entry = {
      email: 'sophea@example.org',
      language: 'km',
      seatId: null,
      consents: [{ purpose: 'keep', textId: 'a' }],
    } as const;
    await Promise.all(Array.from({ length: 20 }, () => signUp(parts, 'NZ', entry)));
    expect(await countRows(db, 'supporters')).toBe(1);
    expect(await db.selectFrom('supporter_counts').select('n').execute()).toEqual([{ n: 1 }]);
  });

  it('keeps no address or letter word readable in the database (S-90)', async () => {
    const db = await openDatabase();
    const vault = vaultForTests();
    await aSupporter(db, vault, { email: 'unmistakable-marker@example.org' });
    await signUp({ db, vault, clock: fakeClock(Date.parse('2026-11-23T10:00:00Z') + day) }, 'NZ', {
      email: 'unmistakable-marker@example.org',
      language: 'km',
      seatId: null,
      consents: [],
    });
    for (const table of ['supporters', 'link_mails', 'consents', 'audit', 'events'] as const) {
      const rows = await db.selectFrom(table).selectAll().execute();
      expect(
        JSON.stringify(rows, (_, value) =>
          value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
        ),
      ).not.toContain('marker');
    }
  });
});
