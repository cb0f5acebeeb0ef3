import { describe, expect, test } from 'vitest';
import { parseMailAddress } from '../../src/mail/mail-address.ts';
import { hostileAddresses } from './hostile-addresses.ts';

describe('what is a mail address', () => {
  const good: readonly (readonly [string, string])[] = [
    ['sokha@example.org', 'sokha@example.org'],
    ['Sokha.Chan@Example.ORG', 'Sokha.Chan@example.org'],
    ["mary.o'brien@parliament.example", "mary.o'brien@parliament.example"],
    ['m+cambodia@mail.example.co.nz', 'm+cambodia@mail.example.co.nz'],
    ['a@b.example', 'a@b.example'],
    ['bounce+k3=4f@mail.example', 'bounce+k3=4f@mail.example'],
    ['first_last-99@sub-domain.example', 'first_last-99@sub-domain.example'],
    ['chan@élysée.example', 'chan@xn--lyse-9oad.example'],
    ['chan@ខ្មែរ.example', 'chan@xn--j2e0cg3n2c.example'],
    ['chan@BÜCHER.example', 'chan@xn--bcher-kva.example'],
    ['chan@bu\u0308cher.example', 'chan@xn--bcher-kva.example'],
    ['chan@example.xn--p1ai', 'chan@example.xn--p1ai'],
    [`${'l'.repeat(64)}@example.org`, `${'l'.repeat(64)}@example.org`],
    ['1234567@example.org', '1234567@example.org'],
  ];

  test.each(good)('%s is one, written %s', (typed, address) => {
    expect(parseMailAddress(typed)).toEqual({ ok: true, address });
  });

  test('what was parsed parses to itself', () => {
    for (const [, address] of good) expect(parseMailAddress(address)).toEqual({ ok: true, address });
  });
});

describe('what is not', () => {
  test('the corpus has at least 200 hostile addresses, all different', () => {
    expect(new Set(hostileAddresses).size).toBe(hostileAddresses.length);
    expect(hostileAddresses.length).toBeGreaterThanOrEqual(200);
  });

  test('every hostile address is refused', () => {
    const passed = hostileAddresses.filter((address) => parseMailAddress(address).ok);
    expect(passed).toEqual([]);
  });

  test('a thing that is not a text is refused', () => {
    const things: unknown[] = [
      null,
      undefined,
      1,
      {},
      ['a@b.example'],
      { toString: () => 'a@b.example' },
      true,
    ];
    for (const thing of things) expect(parseMailAddress(thing as string)).toEqual({ ok: false });
  });

  test('a megabyte of anything is refused at once', () => {
    const started = performance.now();
    for (const piece of ['a', '@', '.', 'a.', '-', "'", 'é', '\u0301', 'a@'])
      parseMailAddress(piece.repeat(1_000_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
