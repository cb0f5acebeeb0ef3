import { createHmac, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { fixChoices, readFixedChoices } from '../../src/letters/journey/fix-choices.ts';

const key = randomBytes(32);
const fixed = { choices: '{}', version: 'v', day: '2026-11-23', hash: 'h' };
const signed = (payload: string) =>
  `${payload}.${createHmac('sha256', key).update(`choices|${payload}`).digest('base64url')}`;

it('reads back what the preview fixed', () => {
  expect(readFixedChoices(key, fixChoices(key, fixed))).toEqual(fixed);
});

it.each([
  ['nothing', ''],
  ['no signature', 'abc'],
  ['a signature of two-byte characters, as many as a right one has', `abc.${'é'.repeat(43)}`],
  ['a signature of another key', fixChoices(randomBytes(32), fixed)],
  ['a signed payload that is no JSON', signed('abc')],
  ['a signed payload that is something else', signed(Buffer.from('{"a":1}').toString('base64url'))],
])('takes %s for nothing fixed', (_, text) => {
  expect(readFixedChoices(key, text)).toBeNull();
});
