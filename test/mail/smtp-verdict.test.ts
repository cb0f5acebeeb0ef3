import { afterEach, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '../../src/mail/create-smtp-mailer.ts';
import type { Mailer } from '../../src/mail/mailer.ts';
import type { SmtpSettings } from '../../src/mail/smtp-pool.ts';
import { readVerdict } from '../../src/mail/smtp-verdict.ts';
import { aMessage } from './a-message.ts';
import { createCertificate } from './create-certificate.ts';
import { type Scene, type ScriptedServer, startScriptedServer } from './scripted-smtp-server.ts';

let server: ScriptedServer | undefined;
let mailer: Mailer | undefined;

afterEach(async () => {
  await server?.close();
  await mailer?.close();
});

async function submitTo(
  script: (scene: Scene, nth: number) => Promise<void>,
  settings: Partial<SmtpSettings> = {},
) {
  server = await startScriptedServer(script);
  mailer = createSmtpMailer({
    host: '127.0.0.1',
    port: server.port,
    tls: 'none-on-loopback',
    name: 'ecc.example',
    ...settings,
  });
  return mailer.submit(aMessage());
}

/** Answers in turn; after the last, waits for the next line and says no more. */
const answering =
  (...answers: readonly string[]) =>
  async (scene: Scene) => {
    for (const [place, answer] of answers.entries()) {
      if (place > 0) await scene.hear();
      scene.say(answer);
    }
    await scene.hear();
  };

const afterDot = (answer: (scene: Scene) => unknown) => async (scene: Scene) => {
  await scene.upToData();
  await scene.hearBody();
  await answer(scene);
};

const greeted = ['220 ready', '250 hello'] as const;
const enveloped = [...greeted, '250 sender ok', '250 recipient ok'] as const;

describe('a server that takes the message', () => {
  test('has accepted it', async () => {
    expect(await submitTo(afterDot((scene) => scene.say('250 queued as 17')))).toEqual({
      kind: 'accepted',
      code: 250,
    });
    expect(server?.bodies).toHaveLength(1);
  });

  test('has accepted it also when it speaks in several lines', async () => {
    expect(await submitTo(afterDot((scene) => scene.say('250-thank you\r\n250 queued')))).toEqual({
      kind: 'accepted',
      code: 250,
    });
  });
});

describe('before the body: nothing has left', () => {
  test('nobody listens on the port', async () => {
    const gone = await startScriptedServer(async () => undefined);
    await gone.close();
    const port = gone.port;
    expect(await submitTo(async () => undefined, { port })).toEqual({
      kind: 'try-later',
      reason: 'no-connection',
    });
  });

  test('the server never greets', async () => {
    expect(await submitTo((scene) => scene.stayMute(), { connectMs: 150 })).toEqual({
      kind: 'try-later',
      reason: 'timed-out',
    });
  });

  test('the server hangs up instead of greeting', async () => {
    expect(await submitTo(async ({ socket }) => void socket.end())).toEqual({
      kind: 'try-later',
      reason: 'connection-lost',
    });
  });

  test('421 as greeting, and in the middle of the envelope', async () => {
    const closing = { kind: 'try-later', code: 421, reason: 'server-closing' };
    expect(await submitTo(answering('421 too busy'))).toEqual(closing);
    await server?.close();
    expect(await submitTo(answering(...greeted, '250 ok', '421 shutting down'))).toEqual(closing);
  });

  test('554 as greeting is about us, not about the letter', async () => {
    expect(await submitTo(answering('554 no service'))).toEqual({
      kind: 'try-later',
      code: 554,
      reason: 'no-connection',
    });
  });

  test('a greeting that is not SMTP', async () => {
    expect(await submitTo(answering('HTTP/1.1 400 Bad Request'))).toEqual({
      kind: 'try-later',
      reason: 'unclear-answer',
    });
  });

  test('452 at RCPT', async () => {
    const verdict = await submitTo(answering(...greeted, '250 ok', '452 full'));
    expect(verdict).toEqual({ kind: 'try-later', code: 452, reason: 'recipient-deferred' });
  });

  test('450 at RCPT (greylisting)', async () => {
    const verdict = await submitTo(answering(...greeted, '250 ok', '450 4.7.1 come back'));
    expect(verdict).toEqual({ kind: 'try-later', code: 450, reason: 'recipient-deferred' });
  });

  test('550 at RCPT', async () => {
    const verdict = await submitTo(
      answering(...greeted, '250 ok', '550 5.1.1 no such user member@parliament.example'),
    );
    expect(verdict).toEqual({ kind: 'refused', code: 550, reason: 'recipient-refused' });
  });

  test('550 at MAIL is about our sender: later, not never', async () => {
    const verdict = await submitTo(answering(...greeted, '550 sender unknown'));
    expect(verdict).toEqual({ kind: 'try-later', code: 550, reason: 'sender-refused' });
  });

  test('530 at MAIL wants a sign-in: ours to repair', async () => {
    const verdict = await submitTo(answering(...greeted, '530 authenticate first'));
    expect(verdict).toEqual({ kind: 'try-later', code: 530, reason: 'sign-in-refused' });
  });

  test('552 at MAIL: too large', async () => {
    expect(await submitTo(answering(...greeted, '552 too big'))).toEqual({
      kind: 'refused',
      code: 552,
      reason: 'too-large',
    });
  });

  test('larger than the server says it takes', async () => {
    const verdict = await submitTo(answering('220 ready', '250-hello\r\n250 SIZE 50'));
    expect(verdict).toEqual({ kind: 'refused', reason: 'too-large' });
  });

  test('554 at DATA', async () => {
    const verdict = await submitTo(answering(...enveloped, '554 not from you'));
    expect(verdict).toEqual({ kind: 'refused', code: 554, reason: 'message-refused' });
  });

  test('451 and 503 at DATA', async () => {
    const deferred = { kind: 'try-later', reason: 'message-deferred' };
    expect(await submitTo(answering(...enveloped, '451 later'))).toEqual({ ...deferred, code: 451 });
    await server?.close();
    expect(await submitTo(answering(...enveloped, '503 bad sequence'))).toEqual({ ...deferred, code: 503 });
  });

  test('a reset while DATA is awaited', async () => {
    const verdict = await submitTo(async (scene) => {
      await answering(...enveloped)(scene);
      scene.socket.resetAndDestroy();
    });
    expect(verdict).toMatchObject({ kind: 'try-later' });
    expect(server?.bodies).toEqual([]);
  });

  test('a yes to a message that was never read is no yes', () => {
    const verdict = readVerdict({ bodyRead: false, end: { kind: 'answer', text: '250 queued' } });
    expect(verdict).toEqual({ kind: 'try-later', reason: 'unclear-answer' });
  });

  test('a sign-in refused', async () => {
    const verdict = await submitTo(answering('220 ready', '250-hello\r\n250 AUTH PLAIN', '535 wrong'), {
      user: 'ecc',
      pass: 'x',
    });
    expect(verdict).toEqual({ kind: 'try-later', code: 535, reason: 'sign-in-refused' });
  });
});

describe('after the final dot', () => {
  test('451: later', async () => {
    const verdict = await submitTo(afterDot((scene) => scene.say('451 try again')));
    expect(verdict).toEqual({ kind: 'try-later', code: 451, reason: 'message-deferred' });
  });

  test('421: later', async () => {
    const verdict = await submitTo(afterDot((scene) => scene.say('421 going down')));
    expect(verdict).toEqual({ kind: 'try-later', code: 421, reason: 'message-deferred' });
  });

  test('554: refused', async () => {
    const verdict = await submitTo(afterDot((scene) => scene.say('554 looks like spam')));
    expect(verdict).toEqual({ kind: 'refused', code: 554, reason: 'message-refused' });
  });

  test('a reset: nobody knows', async () => {
    const verdict = await submitTo(afterDot((scene) => scene.socket.resetAndDestroy()));
    expect(verdict).toEqual({ kind: 'uncertain', reason: 'no-answer' });
  });

  test('an orderly end without an answer: nobody knows', async () => {
    const verdict = await submitTo(afterDot((scene) => scene.socket.end()));
    expect(verdict).toEqual({ kind: 'uncertain', reason: 'no-answer' });
  });

  test.each(['250 queu', '554 no', '25', '2'])(
    'an end in the middle of the answer "%s": nobody knows',
    async (part) => {
      const verdict = await submitTo(afterDot((scene) => scene.socket.end(part)));
      expect(verdict).toEqual({ kind: 'uncertain', reason: 'no-answer' });
    },
  );

  test('silence until our patience ends: nobody knows', async () => {
    const verdict = await submitTo(
      afterDot((scene) => scene.stayMute()),
      { patienceMs: 300 },
    );
    expect(verdict).toEqual({ kind: 'uncertain', reason: 'timed-out' });
  });

  test('an answer dripping a letter at a time is cut off by our patience', async () => {
    const started = performance.now();
    const verdict = await submitTo(
      afterDot(async (scene) => {
        const drip = setInterval(() => scene.socket.write('2'), 30);
        await scene.stayMute().finally(() => clearInterval(drip));
      }),
      { patienceMs: 400 },
    );
    expect(verdict).toEqual({ kind: 'uncertain', reason: 'timed-out' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test.each(['what?', '2 apples', '25O fine', '354 more please', '199 hm'])(
    'the answer "%s" means nothing',
    async (answer) => {
      const verdict = await submitTo(afterDot((scene) => scene.say(answer)));
      expect(verdict).toEqual({ kind: 'uncertain', reason: 'unclear-answer' });
    },
  );

  test('a reset in the middle of the body counts as unknown', async () => {
    const verdict = await submitTo(async (scene) => {
      await scene.upToData();
      await new Promise((resolve) => scene.socket.once('data', resolve));
      scene.socket.resetAndDestroy();
    });
    expect(verdict).toEqual({ kind: 'uncertain', reason: 'no-answer' });
  });
});

describe('encryption', () => {
  test('a dialogue dripped before the body ends as "try later"', async () => {
    const verdict = await submitTo(
      async (scene) => {
        scene.say('220 ready');
        const drip = setInterval(() => scene.socket.write('2'), 30);
        await scene.stayMute().finally(() => clearInterval(drip));
      },
      { patienceMs: 300 },
    );
    expect(verdict).toEqual({ kind: 'try-later', reason: 'timed-out' });
  });

  test('STARTTLS stripped from the offer: nothing is sent', async () => {
    const verdict = await submitTo(answering('220 ready', '250 hello', '454 not available'), {
      tls: 'required',
    });
    expect(verdict).toEqual({ kind: 'try-later', code: 454, reason: 'no-encryption' });
    expect(server?.lines.filter((line) => /^(MAIL|RCPT|DATA|AUTH)/.test(line))).toEqual([]);
  });

  test('STARTTLS answered by something else: nothing is sent', async () => {
    const verdict = await submitTo(answering('220 ready', '250 hello', '250 sender ok'), {
      tls: 'required',
      connectMs: 300,
    });
    expect(verdict).toMatchObject({ kind: 'try-later' });
    expect(server?.lines.filter((line) => /^(MAIL|RCPT|DATA|AUTH)/.test(line))).toEqual([]);
  });

  test('a certificate nobody vouches for: nothing is sent', async () => {
    const verdict = await submitTo(
      async (scene) => {
        await answering('220 ready', '250-hello\r\n250 STARTTLS')(scene);
        scene.say('220 go ahead');
        scene.encrypt(createCertificate('127.0.0.1'));
      },
      { tls: 'required' },
    );
    expect(verdict).toEqual({ kind: 'try-later', reason: 'no-encryption' });
    expect(server?.bodies).toEqual([]);
  });

  test('a certificate of another host: nothing is sent', async () => {
    const other = createCertificate('192.0.2.7');
    const verdict = await submitTo(
      async (scene) => {
        await answering('220 ready', '250-hello\r\n250 STARTTLS')(scene);
        scene.say('220 go ahead');
        scene.encrypt(other);
      },
      { tls: 'required', ca: other.cert },
    );
    expect(verdict).toEqual({ kind: 'try-later', reason: 'no-encryption' });
    expect(server?.bodies).toEqual([]);
  });

  test('a right certificate: the message goes, encrypted', async () => {
    const right = createCertificate('127.0.0.1');
    const verdict = await submitTo(
      async (scene) => {
        await answering('220 ready', '250-hello\r\n250 STARTTLS')(scene);
        scene.say('220 go ahead');
        const inside = scene.encrypt(right);
        for (const answer of ['250 hello', '250 ok', '250 ok', '354 go']) {
          await inside.hear();
          inside.say(answer);
        }
        await inside.hearBody();
        inside.say('250 queued');
      },
      { tls: 'required', ca: right.cert },
    );
    expect(verdict).toEqual({ kind: 'accepted', code: 250 });
    expect(server?.bodies).toHaveLength(1);
  });
});
