import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.ts';
import { parkInterruptedLetters } from '../letters/sending/deliver-letters.ts';
import { serverLimits } from '../web/limits.ts';
import { createApp } from './create-app.ts';
import { createParts, type Outside, type Parts } from './create-parts.ts';
import { createDuties } from './duties.ts';
import { giveMemoryBack } from './give-memory-back.ts';
import { startWorker, type Worker } from './worker.ts';

export type Running = {
  readonly port: number;
  readonly parts: Parts;
  /** Wakes the worker for what waits. */
  hurry(): void;
  stop(): Promise<void>;
};

/** Starts web and worker in one process. @param root the repository's folder. */
export async function start(config: Config, root: string, outside: Outside = {}): Promise<Running> {
  const parts = await createParts(config, root, outside);
  const stopping = new AbortController();
  let worker: Worker | null = null;
  const hurry = () => {
    worker?.hurry('link mails');
    worker?.hurry('letters');
  };
  const server = createServer(serverLimits, createApp(parts, root, hurry));
  await listen(server, parts);
  // On SQLite this process is the only sender: whatever is still "sending" was interrupted.
  if (config.database.kind === 'sqlite') await parkInterruptedLetters(parts);
  worker = startWorker(createDuties(parts, stopping.signal), parts.logger);
  giveMemoryBack();
  return {
    port: (server.address() as AddressInfo).port,
    parts,
    hurry,
    async stop() {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2_000).unref();
      await closed;
      await worker?.stop();
      await parts.close();
    },
  };
}

// Before the worker begins: where the port is taken nothing may have been sent.
async function listen(server: Server, parts: Parts): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(parts.config.port, parts.config.host, resolve);
    });
  } catch (error) {
    await parts.close();
    throw error;
  }
}
