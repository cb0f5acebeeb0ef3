import { join } from 'node:path';
import express, { type Express } from 'express';
import { developmentOnly } from '../web/development-only.ts';
import { leave } from '../web/leave.ts';
import { onlyDeclaredMethods } from '../web/limits.ts';
import { loadPublicFiles } from '../web/load-public-files.ts';
import { goTo, inEachLanguage, toFirstPage, usePages } from '../web/pages.ts';
import { parseForms } from '../web/parse-forms.ts';
import { errorHandler, notFound } from '../web/problem-pages.ts';
import { sameOriginPosts } from '../web/same-origin-posts.ts';
import { securityHeaders } from '../web/security-headers.ts';
import type { Parts } from './create-parts.ts';
import { createRoutes } from './routes.ts';

/** Express from given parts: the order of everything a request passes. @param root the repository's folder. */
export function createApp(parts: Parts, root: string, hurry: () => void): Express {
  const { production, siteUrl, mailSiteUrl, neutralSite } = parts.config;
  const files = loadPublicFiles(join(root, 'src', 'web', 'public'));
  const app = express();
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');

  app.use(securityHeaders({ production }));
  if (!production) app.use(developmentOnly);
  app.use(files.serve);
  app.use(
    usePages({
      views: parts.views,
      files: files.addresses,
      development: !production,
      demo: parts.demo,
    }),
  );
  app.use(onlyDeclaredMethods);
  app.use(sameOriginPosts(production ? { origins: [siteUrl, mailSiteUrl] } : {}));
  app.use(...parseForms());
  app.get('/', toFirstPage);
  app.get('/leave', leave(neutralSite));
  if (!production) app.get('/outbox', (_req, res) => goTo(res, '/outbox'));
  app.use(inEachLanguage(createRoutes(parts, hurry)));
  app.use(notFound);
  app.use(errorHandler(parts.logger));
  return app;
}
