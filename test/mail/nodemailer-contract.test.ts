import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { afterEach, describe, expect, test } from 'vitest';
import { type Scene, type ScriptedServer, startScriptedServer } from './scripted-smtp-server.ts';

/** What our verdicts rest on in the library's inner parts; to be read again before every upgrade. */
let server: ScriptedServer | undefined;
afterEach(() => server?.close());

const envelope = { from: 'bounces@ecc.example', to: ['member@parliament.example'] };

async function connectTo(script: (scene: Scene) => Promise<void>): Promise<SMTPConnection> {
  server = await startScriptedServer(script);
  const connection = new SMTPConnection({
    host: '127.0.0.1',
    port: server.port,
    ignoreTLS: true,
    name: 'ecc.example',
  });
  connection.on('error', () => undefined);
  await new Promise<void>((resolve, reject) =>
    connection.connect((error) => (error ? reject(error) : resolve())),
  );
  return connection;
}

function watchedBody() {
  const reads: number[] = [];
  const stream = new Readable({
    read() {
      reads.push(performance.now());
      this.push('Subject: x\r\n\r\nx\r\n');
      this.push(null);
    },
  });
  return { stream, reads };
}

type Outcome = { error: Record<string, unknown> | null; response?: string };

function send(connection: SMTPConnection, stream: Readable): Promise<Outcome> {
  return new Promise((resolve) =>
    connection.send(envelope, stream, (error, info) =>
      resolve(
        error
          ? { error: error as unknown as Record<string, unknown> }
          : { error: null, response: info.response },
      ),
    ),
  );
}

describe('the connection of the mail library', () => {
  test('reads the body only after the server has said 354', async () => {
    const { stream, reads } = watchedBody();
    let wentOn = 0;
    const connection = await connectTo(async (scene) => {
      scene.say('220 ready');
      for (const answer of ['250 hello', '250 ok', '250 ok']) {
        await scene.hear();
        scene.say(answer);
      }
      await scene.hear();
      await wait(60);
      wentOn = performance.now();
      expect(reads).toEqual([]);
      scene.say('354 go');
      await scene.hearBody();
      scene.say('250 queued as 1');
    });
    expect(await send(connection, stream)).toEqual({ error: null, response: '250 queued as 1' });
    expect(reads[0]).toBeGreaterThanOrEqual(wentOn);
    connection.close();
  });

  test('also where the server takes commands without waiting (PIPELINING)', async () => {
    const { stream, reads } = watchedBody();
    const connection = await connectTo(async (scene) => {
      scene.say('220 ready');
      await scene.hear();
      scene.say('250-hello\r\n250 PIPELINING');
      for (let n = 0; n < 3; n++) await scene.hear();
      scene.socket.write('250 ok\r\n550 no such user\r\n554 no recipients\r\n');
      await scene.stayMute();
    });
    const { error } = await send(connection, stream);
    expect(error).toMatchObject({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 });
    expect(reads).toEqual([]);
    connection.close();
  });

  test('tells an answer after the dot from a connection lost after it', async () => {
    const endingWith = async (end: (scene: Scene) => unknown) => {
      const connection = await connectTo(async (scene) => {
        await scene.upToData();
        await scene.hearBody();
        end(scene);
      });
      const outcome = await send(connection, watchedBody().stream);
      connection.close();
      await server?.close();
      return outcome.error;
    };
    const refused = await endingWith((scene) => scene.say('554 no'));
    expect(refused).toMatchObject({ code: 'EMESSAGE', command: 'DATA', responseCode: 554 });
    const lost = await endingWith((scene) => scene.socket.end());
    expect(lost?.['code']).toBe('ECONNECTION');
    expect(lost?.['responseCode']).toBeUndefined();
    const torn = await endingWith((scene) => scene.socket.end('554 n'));
    expect(torn).toMatchObject({ code: 'ECONNECTION', responseCode: 554 });
  });

  test('says "end" and calls itself destroyed when it is closed', async () => {
    const connection = await connectTo(async (scene) => {
      scene.say('220 ready');
      await scene.hear();
      scene.say('250 hello');
      await scene.stayMute();
    });
    const ended = new Promise((resolve) => connection.once('end', () => resolve(true)));
    expect(connection.destroyed).toBe(false);
    connection.close();
    expect(await ended).toBe(true);
    expect(connection.destroyed).toBe(true);
  });
});

describe('the composer of the mail library', () => {
  test('reads no file and no address, and names no software', async () => {
    for (const text of [{ path: '/etc/hostname' }, { href: 'http://127.0.0.1:1/' }]) {
      const build = new MailComposer({ text, disableFileAccess: true, disableUrlAccess: true })
        .compile()
        .build();
      await expect(build).rejects.toThrow(/access/i);
    }
    const bytes = await new MailComposer({ subject: 'x', text: 'x' }).compile().build();
    expect(bytes.toString()).not.toMatch(/x-mailer|nodemailer/i);
  });
});
