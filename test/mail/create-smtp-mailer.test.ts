import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '../../src/mail/create-smtp-mailer.ts';
import type { Mailer } from '../../src/mail/mailer.ts';
import type { SmtpSettings } from '../../src/mail/smtp-pool.ts';
import { aMessage } from './a-message.ts';
import { startScriptedServer } from './scripted-smtp-server.ts';
import { startSmtpSink } from './smtp-sink.ts';

const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.close();
});

function started<T extends { close(): Promise<void> }>(thing: T): T {
  running.push(thing);
  return thing;
}

function mailerTo(port: number, settings: Partial<SmtpSettings> = {}): Mailer {
  return started(
    createSmtpMailer({ host: '127.0.0.1', port, tls: 'none-on-loopback', name: 'ecc.example', ...settings }),
  );
}

const many = (count: number) =>
  Array.from({ length: count }, (_, n) => aMessage({ messageId: `<m.${n}@ecc.example>` }));
const accepted = { kind: 'accepted', code: 250 };

describe('connections', () => {
  test('one after another, ten messages share one connection', async () => {
    const sink = started(await startSmtpSink());
    const mailer = mailerTo(sink.port);
    for (const message of many(10)) expect(await mailer.submit(message)).toEqual(accepted);
    expect(sink.connections()).toBe(1);
    expect(sink.mails).toHaveLength(10);
  });

  test('at the same time, twenty messages use no more than the connections allowed', async () => {
    const sink = started(await startSmtpSink());
    const mailer = mailerTo(sink.port, { connections: 3 });
    expect(await Promise.all(many(20).map((message) => mailer.submit(message)))).toEqual(
      Array(20).fill(accepted),
    );
    expect(sink.connections()).toBe(3);
    expect(new Set(sink.mails.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1])).size).toBe(20);
  });

  test('a connection gone stale is replaced at once, and the message goes once', async () => {
    for (const goAway of ['end', 'resetAndDestroy'] as const) {
      const server = started(
        await startScriptedServer(async (scene, nth) => {
          await scene.upToData();
          await scene.hearBody();
          scene.say('250 queued');
          if (nth > 1) return;
          if (goAway === 'resetAndDestroy') await scene.hear();
          scene.socket[goAway]();
        }),
      );
      const mailer = mailerTo(server.port);
      expect(await mailer.submit(aMessage())).toEqual(accepted);
      await wait(20);
      expect(await mailer.submit(aMessage())).toEqual(accepted);
      expect(server.bodies).toHaveLength(2);
      expect(server.connections()).toBe(2);
    }
  });

  test('a connection lost after the body is never tried again, also when it was a kept one', async () => {
    const server = started(
      await startScriptedServer(async (scene) => {
        await scene.upToData();
        await scene.hearBody();
        scene.say('250 queued');
        for (const answer of ['250 ok', '250 ok', '354 go']) {
          await scene.hear();
          scene.say(answer);
        }
        await scene.hearBody();
        scene.socket.resetAndDestroy();
      }),
    );
    const mailer = mailerTo(server.port);
    expect(await mailer.submit(aMessage())).toEqual(accepted);
    expect(await mailer.submit(aMessage())).toEqual({ kind: 'uncertain', reason: 'no-answer' });
    expect(server.connections()).toBe(1);
    expect(server.bodies).toHaveLength(2);
  });

  test('after a refusal the others go on', async () => {
    const sink = started(
      await startSmtpSink({
        onRcptTo: ({ address }, _session, done) =>
          address.startsWith('nobody')
            ? done(Object.assign(new Error('no such user'), { responseCode: 550 }))
            : done(),
      }),
    );
    const mailer = mailerTo(sink.port, { connections: 1 });
    const verdicts = await Promise.all(
      ['a@parliament.example', 'nobody@parliament.example', 'b@parliament.example'].map((to) =>
        mailer.submit(aMessage({ to })),
      ),
    );
    expect(verdicts).toEqual([
      accepted,
      { kind: 'refused', code: 550, reason: 'recipient-refused' },
      accepted,
    ]);
    expect(sink.mails.map(({ to }) => to[0]).sort()).toEqual([
      'a@parliament.example',
      'b@parliament.example',
    ]);
  });

  test('a message that waits for a busy connection waits no longer than its patience', async () => {
    const server = started(
      await startScriptedServer(async (scene) => {
        await scene.upToData();
        await scene.hearBody();
        await scene.stayMute();
      }),
    );
    const mailer = mailerTo(server.port, { connections: 1, patienceMs: 3_000 });
    const verdicts = await Promise.all(many(2).map((message) => mailer.submit(message)));
    expect(verdicts).toEqual([
      { kind: 'uncertain', reason: 'timed-out' },
      { kind: 'try-later', reason: 'timed-out' },
    ]);
  });
});

describe('the envelope', () => {
  test('has one recipient, in ASCII, and where a bounce goes', async () => {
    const server = started(
      await startScriptedServer(async (scene) => {
        await scene.upToData();
        await scene.hearBody();
        scene.say('250 queued');
      }),
    );
    expect(await mailerTo(server.port).submit(aMessage({ to: 'membre@élysée.example' }))).toEqual(accepted);
    expect(server.lines).toEqual([
      'EHLO ecc.example',
      'MAIL FROM:<bounces@ecc.example>',
      'RCPT TO:<membre@xn--lyse-9oad.example>',
      'DATA',
    ]);
  });
});

describe('signing in', () => {
  test('user and password go to the server, only once a connection', async () => {
    const seen: string[] = [];
    const sink = started(
      await startSmtpSink({
        authOptional: false,
        allowInsecureAuth: true,
        onAuth(auth, _session, done) {
          seen.push(`${auth.username}:${auth.password}`);
          done(null, { user: auth.username });
        },
      }),
    );
    const mailer = mailerTo(sink.port, { user: 'ecc', pass: 'a long secret' });
    for (const message of many(3)) expect(await mailer.submit(message)).toEqual(accepted);
    expect(seen).toEqual(['ecc:a long secret']);
  });
});

describe('closing', () => {
  test('waits for the message under way, then takes no more', async () => {
    const sink = started(await startSmtpSink());
    const mailer = mailerTo(sink.port);
    const submission = mailer.submit(aMessage());
    await wait(20);
    await mailer.close();
    expect(await submission).toEqual(accepted);
    expect(await mailer.submit(aMessage())).toEqual({ kind: 'try-later', reason: 'stopped' });
    expect(sink.mails).toHaveLength(1);
  });
});

describe('settings', () => {
  test('without encryption only this machine is reached', () => {
    for (const host of ['mail.example', '192.0.2.1', '127.0.0.1.evil.example', '0.0.0.0']) {
      expect(() => mailerTo(25, { host })).toThrow('encrypted');
    }
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(() => mailerTo(25, { host })).not.toThrow();
  });
});
