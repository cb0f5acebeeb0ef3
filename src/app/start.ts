import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.ts';
import { parkInterruptedLetters } from '../letters/sending/deliver-letters.ts';
import { serverLimits } from '../web/limits.ts';
import { createApp } from './create-app.ts';
import { createParts, type Outside, type Parts } from './create-parts.ts';
import { createDuties } from './duties.ts';
import { startWorker } from './worker.ts';

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
  // On SQLite this process is the only sender: whatever is still "sending" was interrupted.
  if (config.database.kind === 'sqlite') await parkInterruptedLetters(parts);
  const worker = startWorker(createDuties(parts, stopping.signal), parts.logger);
  const hurry = () => {
    worker.hurry('link mails');
    worker.hurry('letters');
  };
  const server = createServer(serverLimits, createApp(parts, root, hurry));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
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
      await worker.stop();
      await parts.close();
    },
  };
}
