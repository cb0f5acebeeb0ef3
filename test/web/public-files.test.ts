import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files, root, startWeb, type WebServer } from './web-server.ts';

let web: WebServer;
beforeAll(async () => {
  web = await startWeb(Router());
});
afterAll(() => web.close());

const folder = join(root, 'src', 'web', 'public');
const source = (name: string) => readFileSync(join(folder, name));

describe('public files', () => {
  it('may be kept for a year, since the address changes with the content', async () => {
    for (const address of Object.values(files.addresses)) {
      const answer = await fetch(web.url + address);
      expect([address, answer.status]).toEqual([address, 200]);
      expect(address).toMatch(/\.[0-9a-f]{10}\.\w+$/);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });

  it('arrive packed where the browser can unpack them, and unpacked where not', async () => {
    const address = web.url + files.addresses['components.css'];
    const plain = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
    const packed = await fetch(address, { headers: { 'accept-encoding': 'br' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(await packed.text()).toBe(await plain.text());
    expect(packed.headers.get('vary')).toContain('Accept-Encoding');
  });

  it('are only those of the folder', async () => {
    for (const path of [
      '/files/../package.json',
      '/files/%2e%2e/package.json',
      '/files/tokens.css',
      '/files/',
      '/public/tokens.css',
      '/files/fonts',
    ]) {
      expect((await fetch(web.url + path)).status).toBe(404);
    }
  });

  it('name no other host, and style sheets only files that exist', async () => {
    for (const name of ['tokens.css', 'components.css']) {
      const css = await (await fetch(web.url + files.addresses[name])).text();
      expect(css).not.toMatch(/https?:|@import|\/\/[a-z]/);
      const addresses = [...css.matchAll(/url\("([^"]+)"\)/g)].map((match) => match[1]);
      for (const address of addresses) expect((await fetch(web.url + address)).status).toBe(200);
    }
    expect(source('quick-exit.js').toString()).not.toMatch(/https?:|import\s|eval|innerHTML/);
  });

  it('are light enough for a phone: style below 25 kB, below 8 kB packed; fonts of a Khmer page below 120 kB', async () => {
    const sheets = ['tokens.css', 'components.css'].map(async (name) =>
      (await fetch(web.url + files.addresses[name])).text(),
    );
    const css = (await Promise.all(sheets)).join('');
    expect(Buffer.byteLength(css)).toBeLessThan(25_000);
    expect(gzipSync(css).length).toBeLessThan(8_000);
    expect(source('quick-exit.js').length).toBeLessThan(1_500);
    const khmer = [
      'noto-sans-khmer-400',
      'noto-sans-khmer-600',
      'noto-serif-khmer-400',
      'noto-serif-khmer-600',
    ];
    const weight = khmer.reduce((sum, name) => sum + source(`fonts/${name}.woff2`).length, 0);
    expect(weight).toBeLessThan(120_000);
  });

  it('bring the licence of the fonts along', () => {
    expect(source('fonts/OFL.txt').toString()).toMatch(
      /Literata[\s\S]*Commissioner|Commissioner[\s\S]*Literata/,
    );
    expect(source('fonts/OFL.txt').toString()).toContain('SIL OPEN FONT LICENSE Version 1.1');
  });
});
