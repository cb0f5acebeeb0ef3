import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

type ReceivedMail = {
  readonly from: string;
  readonly to: readonly string[];
  /** The bytes between DATA and the final dot, dots unstuffed, as latin1. */
  readonly raw: string;
  readonly session: string;
};

export type SmtpSink = {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** Connections that were opened. */
  connections(): number;
  close(): Promise<void>;
};

/** A real mail server on a free port that keeps what it gets. */
export async function startSmtpSink(options: SMTPServerOptions = {}): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onConnect(_session, done) {
      connections++;
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const raw = Buffer.concat(chunks).toString('latin1');
        const from = mailFrom ? mailFrom.address : '';
        mails.push({ from, to: rcptTo.map(({ address }) => address), raw, session: session.id });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as { port: number }).port,
    mails,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The names of the headers of a mail as it came over the wire, in lower case, sorted. */
export function headerNames(raw: string): string[] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return head
    .split('\r\n')
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
    .sort();
}
