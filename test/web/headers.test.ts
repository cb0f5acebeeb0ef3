import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure, type FailureKind } from '../../src/shared/errors.ts';
import { startWeb, type WebServer } from './web-server.ts';

const policy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';" +
  "worker-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';object-src 'none';" +
  "require-trusted-types-for 'script';trusted-types 'none'";

let web: WebServer;
beforeAll(async () => {
  const routes = Router();
  routes.get('/fails/:kind', (req) => {
    throw req.params.kind === 'bug' ? new Error('bug') : new Failure(req.params.kind as FailureKind);
  });
  routes.post('/form', (_req, res) => void res.send('ok'));
  web = await startWeb(routes);
});
afterAll(() => web.close());

const form = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
});

const requests: [status: number, path: string, init?: RequestInit][] = [
  [200, '/en/about/leaving'],
  [200, '/km/about/leaving'],
  [302, '/'],
  [303, '/leave'],
  [400, '/en/form', form('a=1&a=2')],
  [403, '/en/form', form('a=1', { 'sec-fetch-site': 'cross-site' })],
  [403, '/en/fails/not-allowed'],
  [404, '/en/nothing'],
  [404, '/nothing'],
  [404, '/en/fails/link-invalid'],
  [404, '/files/tokens.css'],
  [405, '/en/form', { method: 'PUT' }],
  [409, '/en/fails/conflict'],
  [413, '/en/form', form(`a=${'x'.repeat(70_000)}`)],
  [415, '/en/form', form('{}', { 'content-type': 'application/json' })],
  [421, '/en/about/leaving', { headers: { 'x-forwarded-for': '10.0.0.1' } }],
  [429, '/en/fails/too-many'],
  [500, '/en/fails/bug'],
  [503, '/en/fails/busy'],
];

describe('every answer, whatever its status,', () => {
  it.each(requests)('%i %s carries the security headers', async (status, path, init) => {
    const answer = await fetch(web.url + path, { redirect: 'manual', ...init });
    const headers = Object.fromEntries(answer.headers);
    expect(answer.status).toBe(status);
    expect(headers).toMatchObject({
      'content-security-policy': policy,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': path === '/leave' ? 'no-referrer' : 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\)/);
    expect(headers['permissions-policy']).not.toMatch(/=(?!\(\))/);
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('is kept by no browser', async () => {
    for (const [status, path, init] of requests.filter(([status]) => status !== 421)) {
      const answer = await fetch(web.url + path, { redirect: 'manual', ...init });
      expect([status, answer.headers.get('cache-control')]).toEqual([status, 'no-store']);
    }
  });
});

describe('strict transport security', () => {
  it('is sent in production only', async () => {
    const production = await startWeb(Router(), { production: true });
    const answer = await fetch(`${production.url}/en/about/leaving`);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect((await fetch(`${web.url}/en/about/leaving`)).headers.has('strict-transport-security')).toBe(false);
    await production.close();
  });
});
