import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { createViews } from '../../src/rendering/create-views.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { developmentOnly } from '../../src/web/development-only.ts';
import { leave, showLeaving } from '../../src/web/leave.ts';
import { onlyDeclaredMethods, serverLimits } from '../../src/web/limits.ts';
import { loadPublicFiles } from '../../src/web/load-public-files.ts';
import { inEachLanguage, toFirstPage, usePages } from '../../src/web/pages.ts';
import { parseForms } from '../../src/web/parse-forms.ts';
import { errorHandler, notFound } from '../../src/web/problem-pages.ts';
import { sameOriginPosts } from '../../src/web/same-origin-posts.ts';
import { securityHeaders } from '../../src/web/security-headers.ts';

export const root = join(import.meta.dirname, '..', '..');
const views = createViews(withSamplePage());
export const files = loadPublicFiles(join(root, 'src', 'web', 'public'));

/** The product's templates, and one page that uses every partial. */
function withSamplePage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecc-templates-'));
  cpSync(join(root, 'templates'), folder, { recursive: true });
  mkdirSync(join(folder, 'pages', 'test'));
  cpSync(join(import.meta.dirname, 'sample-page.hbs'), join(folder, 'pages', 'test', 'sample.hbs'));
  return folder;
}

export type WebServer = { readonly url: string; readonly log: string[]; close(): Promise<void> };

/** The web base as the application puts it together, with routes of the test behind it. */
export async function startWeb(
  routes: Router,
  options: { production?: boolean; demo?: boolean; limits?: ServerOptions } = {},
): Promise<WebServer> {
  const production = options.production ?? false;
  const log: string[] = [];
  const app = express();
  app.set('etag', false);
  app.use(securityHeaders({ production }));
  if (!production) app.use(developmentOnly);
  app.use(files.serve);
  app.use(usePages({ views, files: files.addresses, development: !production, demo: options.demo ?? false }));
  app.use(onlyDeclaredMethods, sameOriginPosts(), ...parseForms());
  app.get('/', toFirstPage);
  app.get('/leave', leave('https://www.wikipedia.org/'));
  routes.get('/about/leaving', showLeaving('https://www.wikipedia.org/'));
  app.use(inEachLanguage(routes));
  app.use(notFound);
  app.use(errorHandler(createLogger((line) => log.push(line), Date.now)));
  const server = createServer(options.limits ?? serverLimits, app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    close: () => stop(server),
  };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
