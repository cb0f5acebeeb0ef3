import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/**
 * A plain relay in a process of its own: writes the Message-ID of every message it has taken to a file, thinks for
 * a moment, and only then answers. Arguments: file, longest thought in milliseconds.
 */
const [, , file = '', longest = '30'] = process.argv;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const id = /^Message-ID: <(.*)>$/m.exec(
        Buffer.concat(chunks).toString('latin1').replace(/\r/g, ''),
      )?.[1];
      appendFileSync(file, `${id}\n`);
      void wait(Math.random() * Number(longest)).then(() => done());
    });
  },
});
// A client that was killed is no fault of the relay.
server.on('error', () => undefined);
const listening = server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (listening.address() as { port: number }).port });
});
process.on('disconnect', () => process.exit(0));
