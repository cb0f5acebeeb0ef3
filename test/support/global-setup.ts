import type { TestProject } from 'vitest/node';
import { type BrowserForTests, prepareBrowser } from './browser.ts';
import { type PostgresForTests, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresForTests;
    browser: BrowserForTests;
  }
}

/** Makes ready what the test files share: one PostgreSQL, in which each test makes a database of its own; the browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [{ server, stop }, browser] = await Promise.all([startPostgres(), prepareBrowser()]);
  if ('skip' in server) console.log(`skipped: every test on PostgreSQL, because ${server.skip}`);
  project.provide('postgres', server);
  if ('skip' in browser) console.log(`skipped: every walk in a browser, because ${browser.skip}`);
  project.provide('browser', browser);
  return stop;
}
