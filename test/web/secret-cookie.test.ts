import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { expect, it } from 'vitest';
import { organizerRoutes } from '../../src/organizers/organizer-routes.ts';
import { createSecretCookie } from '../../src/web/secret-cookie.ts';
import { vaultForTests } from '../support/builders.ts';
import { sqliteForTests } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { startWeb } from './web-server.ts';

const openDatabase = sqliteForTests();
const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((cookie) => cookie.split('; '));

it.each([
  [true, '__Host-link', ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']],
  [false, 'link', ['Path=/', 'HttpOnly', 'SameSite=Lax']],
])('keeps a secret for its own host and no script (production: %s)', async (production, name, attributes) => {
  const cookie = createSecretCookie({ name: 'link', production, sameSite: 'lax', maxAge: 60_000 });
  const routes = Router();
  routes.get('/set', (_req, res) => {
    cookie.set(res, 'secret');
    res.end();
  });
  routes.get('/clear', (_req, res) => {
    cookie.clear(res);
    res.end();
  });
  routes.get('/read', (req, res) => void res.json(cookie.read(req)));
  const web = await startWeb(routes, { production });
  const [set = []] = cookiesOf(await fetch(`${web.url}/en/set`));
  expect(set[0]).toBe(`${name}=secret`);
  expect(set).toEqual(expect.arrayContaining([...attributes, 'Max-Age=60']));
  expect(set.some((part) => part.startsWith('Domain') || (!production && part === 'Secure'))).toBe(false);
  const [cleared = []] = cookiesOf(await fetch(`${web.url}/en/clear`));
  expect(cleared).toEqual(
    expect.arrayContaining([`${name}=`, ...attributes, 'Expires=Thu, 01 Jan 1970 00:00:00 GMT']),
  );
  const read = async (header: string) =>
    await (await fetch(`${web.url}/en/read`, { headers: { cookie: header } })).json();
  expect([await read(`${name}=secret`), await read('other=secret')]).toEqual(['secret', null]);
  await web.close();
});

it('holds an invitation in production as strictly as a session (S-27)', async () => {
  const clock = fakeClock();
  const db = await openDatabase();
  const vault = vaultForTests(clock);
  const routes = organizerRoutes({ db, vault, clock, production: true, formKey: randomBytes(32) });
  const web = await startWeb(routes, { production: true });
  const answer = await fetch(`${web.url}/en/organizers/invitation/a-token`, { redirect: 'manual' });
  const [cookie = []] = cookiesOf(answer);
  expect(cookie[0]).toBe('__Host-invitation=a-token');
  expect(cookie).toEqual(
    expect.arrayContaining(['Max-Age=900', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']),
  );
  await web.close();
});
