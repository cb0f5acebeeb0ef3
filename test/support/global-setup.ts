import type { TestProject } from 'vitest/node';
import { type PostgresForTests, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresForTests;
  }
}

/** Starts what the test files share: one PostgreSQL, in which each test makes a database of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startPostgres();
  if ('skip' in server) console.log(`skipped: every test on PostgreSQL, because ${server.skip}`);
  project.provide('postgres', server);
  return stop;
}
