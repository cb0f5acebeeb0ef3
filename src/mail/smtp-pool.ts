import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { UsageError } from '../shared/errors.ts';
import type { SmtpFailure } from './smtp-verdict.ts';

export type SmtpSettings = {
  readonly host: string;
  /** 465 is encrypted from the first byte, any other by STARTTLS. */
  readonly port: number;
  /** 'none-on-loopback' is for development and tests: refused for any other host. */
  readonly tls: 'required' | 'none-on-loopback';
  readonly user?: string;
  readonly pass?: string;
  /** What we call ourselves in EHLO. */
  readonly name: string;
  /** PEM of the authority that signed a private server's certificate. */
  readonly ca?: string;
  /** Connections at the same time, 1 to 4. */
  readonly connections?: number;
  /** Milliseconds for a connection to come about. */
  readonly connectMs?: number;
  /** Milliseconds for one message, everything included. */
  readonly patienceMs?: number;
};

type SmtpPlace =
  | { readonly kind: 'open'; readonly connection: SMTPConnection; readonly usedBefore: boolean }
  | { readonly kind: 'failed'; readonly failure: SmtpFailure }
  | { readonly kind: 'stopped' };

/** Connections to one server, each used by one message at a time. */
export type SmtpPool = {
  /** Waits for a place; every 'open' one must be given back. */
  take(deadline: AbortSignal): Promise<SmtpPlace>;
  /** A connection that refused something is not used again: its state is not worth guessing. */
  giveBack(connection: SMTPConnection, useAgain: boolean): void;
  /** No new places from now on. */
  stop(): void;
  close(): Promise<void>;
};

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
/** Servers hang up on the idle after a while; we go first. */
const longestIdle = 30_000;
const politeClose = 1_000;

export function createSmtpPool(settings: SmtpSettings): SmtpPool {
  checkSettings(settings);
  const idle = new Map<SMTPConnection, NodeJS.Timeout>();
  const places = createPlaces(settings.connections ?? 4);
  return {
    async take(deadline) {
      const free = await places.take(deadline);
      if (free !== 'taken')
        return free === 'stopped' ? { kind: 'stopped' } : { kind: 'failed', failure: { code: 'ETIMEDOUT' } };
      const kept = takeIdle(idle);
      if (kept) return { kind: 'open', connection: kept, usedBefore: true };
      const opened = await openConnection(settings, deadline);
      if (opened.kind === 'failed') places.free();
      return opened;
    },
    giveBack(connection, useAgain) {
      if (useAgain && !connection.destroyed) keepIdle(idle, connection);
      else connection.close();
      places.free();
    },
    stop: places.stop,
    async close() {
      const kept: SMTPConnection[] = [];
      for (let next = takeIdle(idle); next; next = takeIdle(idle)) kept.push(next);
      await Promise.all(kept.map(hangUp));
    },
  };
}

function checkSettings({ host, tls }: SmtpSettings): void {
  if (tls === 'none-on-loopback' && !loopback.has(host)) {
    throw new UsageError('the mail server is not on this machine: it must be reached encrypted');
  }
}

type Places = {
  take(deadline: AbortSignal): Promise<'taken' | 'stopped' | 'out-of-time'>;
  free(): void;
  stop(): void;
};

function createPlaces(count: number): Places {
  const waiting = new Set<(got: 'taken' | 'stopped') => void>();
  let left = Math.min(Math.max(count, 1), 4);
  let stopped = false;
  return {
    take(deadline) {
      if (stopped) return Promise.resolve('stopped');
      if (left > 0) {
        left--;
        return Promise.resolve('taken');
      }
      return new Promise((resolve) => {
        waiting.add(resolve);
        deadline.addEventListener('abort', () => waiting.delete(resolve) && resolve('out-of-time'), {
          once: true,
        });
      });
    },
    free() {
      const [next] = waiting;
      if (!next) left++;
      else if (waiting.delete(next)) next('taken');
    },
    stop() {
      stopped = true;
      for (const resolve of waiting) resolve('stopped');
      waiting.clear();
    },
  };
}

function takeIdle(idle: Map<SMTPConnection, NodeJS.Timeout>): SMTPConnection | undefined {
  for (const [connection, timer] of idle) {
    idle.delete(connection);
    clearTimeout(timer);
    if (!connection.destroyed) return connection;
  }
  return undefined;
}

function keepIdle(idle: Map<SMTPConnection, NodeJS.Timeout>, connection: SMTPConnection): void {
  const timer = setTimeout(() => {
    idle.delete(connection);
    void hangUp(connection);
  }, longestIdle);
  timer.unref();
  idle.set(connection, timer);
}

function openConnection(settings: SmtpSettings, deadline: AbortSignal): Promise<SmtpPlace> {
  const connection = new SMTPConnection(connectionOptions(settings));
  return new Promise((resolve) => {
    const fail = (failure: SmtpFailure) => {
      resolve({ kind: 'failed', failure });
      connection.close();
    };
    // Stays for the life of the connection: an error nobody listens to would end the process.
    connection.on('error', fail);
    connection.once('end', () => fail({ code: 'ECONNECTION' }));
    deadline.addEventListener('abort', () => connection.close(), { once: true });
    const ready = (failure?: SmtpFailure | null) =>
      failure ? fail(failure) : resolve({ kind: 'open', connection, usedBefore: false });
    connection.connect((failure) => (failure ? fail(failure) : signIn(connection, settings, ready)));
  });
}

function signIn(
  connection: SMTPConnection,
  { user, pass }: SmtpSettings,
  done: (failure?: SmtpFailure | null) => void,
): void {
  if (user === undefined) done();
  else connection.login({ user, pass: pass ?? '' }, done);
}

function connectionOptions(settings: SmtpSettings) {
  const encrypted = settings.tls === 'required';
  const connectMs = settings.connectMs ?? 60_000;
  return {
    host: settings.host,
    port: settings.port,
    name: settings.name,
    secure: encrypted && settings.port === 465,
    requireTLS: encrypted,
    ignoreTLS: !encrypted,
    tls: {
      minVersion: 'TLSv1.2' as const,
      rejectUnauthorized: true,
      ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    // Longer than the patience with a message, which is what ends a silence.
    socketTimeout: 24 * 60 * 60_000,
    socketCloseTimeout: politeClose,
  };
}

function hangUp(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.close(), politeClose);
    connection.once('end', () => {
      clearTimeout(timer);
      resolve();
    });
    connection.quit();
  });
}
