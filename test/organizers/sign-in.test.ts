import { expect, it } from 'vitest';
import { signInWithPassword } from '../../src/organizers/sign-in.ts';
import { hour, minute } from '../../src/shared/clock.ts';
import { anOrganizer, codeAt, invitationPath, password, secretOn, signIn } from '../support/organizer.ts';
import { siteForTests } from '../support/site.ts';

const open = siteForTests();

it('opens an account only through the one-time link, with password and a working authenticator app', async () => {
  const site = await open();
  const path = await invitationPath(site, 'organizer@example.org', ['NZ']);
  const visitor = site.visitor();
  for (let visit = 0; visit < 3; visit++) expect((await site.visitor().get(path)).status).toBe(200);

  const accept = await visitor.get(path);
  const tooShort = await visitor.send(accept, { password: 'too short' });
  expect(tooShort.status).toBe(422);
  const guessable = await visitor.send(accept, { password: 'cambodiacambodia' });
  expect(guessable.status).toBe(422);

  const app = await visitor.send(accept, { password });
  const wrong = await visitor.send(app, { code: '000000' });
  expect(wrong.status).toBe(422);
  expect(secretOn(wrong)).toBe(secretOn(app));
  const codes = await visitor.send(app, { code: codeAt(secretOn(app), site.clock.now()) });
  expect(codes.$('.codes li')).toHaveLength(10);
  expect((await visitor.get('/en/organizers')).$('h1').text()).toBe('By country');
  expect((await site.visitor().get(path)).status).toBe(404);
});

it('leads to no page with the password alone (S-20)', async () => {
  const site = await open();
  const { email } = await anOrganizer(site, ['NZ']);
  const visitor = site.visitor();
  await visitor.send(await visitor.get('/en/organizers/sign-in'), { email, password });
  for (const path of ['/en/organizers', '/en/organizers/nz']) {
    expect((await visitor.get(path)).$('h1').text()).toBe('Organizers');
  }
});

it('says the same of a wrong password and of an address that nobody has', async () => {
  const site = await open();
  const { email } = await anOrganizer(site, ['NZ']);
  const answer = async (address: string) => {
    const visitor = site.visitor();
    const page = await visitor.send(await visitor.get('/en/organizers/sign-in'), {
      email: address,
      password: 'another password of mine',
    });
    return { status: page.status, text: page.$('main').text().replace(address, '') };
  };
  expect(await answer(email)).toEqual(await answer('nobody@example.org'));
});

it('takes a code once, also within its thirty seconds (S-21), and each recovery code once', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  expect((await signIn(site, who)).page.status).toBe(422);
  site.clock.advance(minute);
  expect((await signIn(site, who)).page.$('h1').text()).toBe('By country');

  const recover = async () => {
    site.clock.advance(minute);
    const visitor = site.visitor();
    const code = await visitor.send(await visitor.get('/en/organizers/sign-in'), {
      email: who.email,
      password,
    });
    return await visitor.send(code, { code: who.recoveryCodes[0] ?? '' });
  };
  expect((await recover()).$('h1').text()).toBe('By country');
  expect((await recover()).status).toBe(422);
});

it('slows down guessing of passwords and codes, and lets the person in a minute later (S-23)', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  const visitor = site.visitor();
  const page = await visitor.get('/en/organizers/sign-in');
  const tries = [];
  for (let n = 0; n < 7; n++)
    tries.push(
      (await visitor.send(page, { email: who.email, password: `wrong password number ${n}` })).status,
    );
  expect(tries).toEqual([422, 422, 422, 422, 422, 429, 429]);
  site.clock.advance(minute);
  expect((await signIn(site, who)).page.$('h1').text()).toBe('By country');
});

it('ends a session after 15 minutes of rest and after eight hours in any case (S-25)', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  site.clock.advance(15 * minute - 1);
  expect((await who.visitor.get('/en/organizers')).$('h1').text()).toBe('By country');
  site.clock.advance(15 * minute);
  expect((await who.visitor.get('/en/organizers')).$('h1').text()).toBe('Organizers');

  const { visitor } = await signIn(site, who);
  for (let passed = 0; passed < 8 * 60; passed += 10) {
    expect((await visitor.get('/en/organizers')).$('h1').text()).toBe('By country');
    site.clock.advance(10 * minute);
  }
  expect((await visitor.get('/en/organizers')).$('h1').text()).toBe('Organizers');
});

it('keeps three sessions at most and ends one at sign-out, by a form of that session only (S-43)', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  const visitors = [who.visitor];
  for (let n = 0; n < 3; n++) {
    site.clock.advance(minute);
    visitors.push((await signIn(site, who)).visitor);
  }
  const open3 = await Promise.all(
    visitors.map(async (visitor) => (await visitor.get('/en/organizers')).$('h1').text()),
  );
  expect(open3).toEqual(['Organizers', 'By country', 'By country', 'By country']);

  const last = visitors.at(-1)!;
  expect((await last.post('/en/organizers/sign-out', { token: 'x' })).status).toBe(403);
  const token = String((await last.get('/en/organizers')).$('input[name=token]').val());
  const out = await last.post('/en/organizers/sign-out', { token });
  expect(out.$('h1').text()).toBe('Organizers');
  expect((await last.get('/en/organizers')).$('h1').text()).toBe('Organizers');
});

it('keeps nobody out of their account by a stranger’s tries from elsewhere (S-23)', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  const { parts } = site.running;
  for (let n = 0; n < 5; n++)
    expect(await signInWithPassword(parts, who.email, 'a wrong password', 'stranger')).toBeNull();
  const more = signInWithPassword(parts, who.email, 'a wrong password', 'stranger');
  await expect(more).rejects.toThrow('sign-in');
  expect(await signInWithPassword(parts, who.email, password, 'elsewhere')).not.toBeNull();
});

it('ends guessing from many sources after a hundred tries, for an hour at most (S-23)', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  const { parts } = site.running;
  await parts.db.deleteFrom('sign_in_tries').execute();
  expect(await signInWithPassword(parts, who.email, password, 'first')).not.toBeNull();
  await parts.db
    .updateTable('sign_in_tries')
    .set({ n: 100 })
    .where('bucket', 'like', 'everywhere|%')
    .execute();
  await expect(signInWithPassword(parts, who.email, password, 'another')).rejects.toThrow('sign-in');
  site.clock.advance(hour);
  expect(await signInWithPassword(parts, who.email, password, 'another')).not.toBeNull();
});

it('asks for the password again after ten wrong codes', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  const visitor = site.visitor();
  const code = await visitor.send(await visitor.get('/en/organizers/sign-in'), {
    email: who.email,
    password,
  });
  for (let n = 0; n < 10; n++) {
    if (n % 5 === 0) site.clock.advance(minute);
    expect((await visitor.send(code, { code: 'not a code' })).status).toBe(422);
  }
  site.clock.advance(minute);
  const right = await visitor.send(code, { code: codeAt(who.secret, site.clock.now()) });
  expect(right.url).toMatch(/sign-in$/);
});

it('leaves in the audit trail what was tried and done around an account, by ids only (S-101)', async () => {
  const site = await open();
  const who = await anOrganizer(site, ['NZ']);
  site.clock.advance(minute);
  const visitor = site.visitor();
  const page = await visitor.get('/en/organizers/sign-in');
  await visitor.send(page, { email: who.email, password: 'a wrong password' });
  await visitor.send(page, { email: 'nobody@example.org', password: 'a wrong password' });
  const code = await visitor.send(page, { email: who.email, password });
  await visitor.send(code, { code: '000000' });
  await visitor.send(code, { code: codeAt(who.secret, site.clock.now()) });
  await visitor.get('/en/organizers/fr');
  const token = String((await visitor.get('/en/organizers')).$('input[name=token]').val());
  await visitor.post('/en/organizers/sign-out', { token });

  const { db } = site.running.parts;
  const { id } = await db.selectFrom('organizers').select('id').executeTakeFirstOrThrow();
  const entries = await db.selectFrom('audit').selectAll().orderBy('seq').execute();
  expect(entries.map((entry) => [entry.action, entry.actor_id, entry.subject_id]).slice(1)).toEqual([
    ['organizer chose a password', id, id],
    ['organizer took up the invitation', id, id],
    ['sign-in failed', null, id],
    ['sign-in failed', null, null],
    ['wrong sign-in code', null, id],
    ['organizer signed in', id, id],
    ['country page refused', id, 'FR'],
    ['organizer signed out', id, id],
  ]);
  expect(JSON.stringify(entries)).not.toContain('example.org');
});
