import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './create-certificate.ts';

/** One connection, played line by line by a script. */
export type Scene = {
  readonly socket: Socket;
  /** Sends a line, with its CRLF. */
  say(line: string): void;
  /** Waits for the next line; '' when the client has gone. */
  hear(): Promise<string>;
  /** Waits for the final dot. @returns what came before it */
  hearBody(): Promise<string>;
  /** Greeting, EHLO, MAIL, RCPT, DATA, each with the usual answer, up to 354. */
  upToData(): Promise<void>;
  /** Never says anything again. */
  stayMute(): Promise<void>;
  /** Goes on encrypted, from here in the scene returned. */
  encrypt(certificate: Certificate): Scene;
};

export type ScriptedServer = {
  readonly port: number;
  readonly lines: readonly string[];
  readonly bodies: readonly string[];
  connections(): number;
  close(): Promise<void>;
};

/** A mail server that behaves as told; `script` is played for every connection, counted from 1. */
export async function startScriptedServer(
  script: (scene: Scene, nth: number) => Promise<void>,
): Promise<ScriptedServer> {
  const lines: string[] = [];
  const bodies: string[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const scene = createScene(socket, lines, bodies);
    script(scene, ++count)
      .then(() => sayGoodbye(scene))
      .catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await closeServer(server);
  };
  return {
    port: (server.address() as { port: number }).port,
    lines,
    bodies,
    connections: () => count,
    close,
  };
}

async function sayGoodbye(scene: Scene): Promise<void> {
  if ((await scene.hear()) === 'QUIT') scene.socket.end('221 bye\r\n');
}

function createScene(socket: Socket, lines: string[], bodies: string[]): Scene {
  let held = '';
  let gone = false;
  const keep = (chunk: Buffer) => {
    held += chunk.toString('utf8');
  };
  socket.on('data', keep);
  socket.on('close', () => {
    gone = true;
  });
  const until = async (mark: string): Promise<string> => {
    while (!held.includes(mark)) {
      if (gone) return '';
      await wait(2);
    }
    const at = held.indexOf(mark);
    const text = held.slice(0, at);
    held = held.slice(at + mark.length);
    return text;
  };
  const scene: Scene = {
    socket,
    say: (line) => socket.write(`${line}\r\n`),
    async hear() {
      const line = await until('\r\n');
      lines.push(line);
      return line;
    },
    async hearBody() {
      const body = await until('\r\n.\r\n');
      bodies.push(body);
      return body;
    },
    async upToData() {
      scene.say('220 ready');
      for (const answer of ['250 hello', '250 sender ok', '250 recipient ok', '354 go on']) {
        await scene.hear();
        scene.say(answer);
      }
    },
    async stayMute() {
      await once(socket, 'close');
    },
    encrypt(certificate) {
      socket.removeListener('data', keep);
      const encrypted = new TLSSocket(socket, { isServer: true, ...certificate });
      encrypted.on('error', () => undefined);
      return createScene(encrypted, lines, bodies);
    },
  };
  return scene;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
