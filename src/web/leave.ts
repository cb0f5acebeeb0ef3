import type { RequestHandler } from 'express';
import { sendPage } from './pages.ts';

/**
 * GET /leave: away at once, to a site fixed by the configuration (security S-44, S-104). The browser is asked to
 * forget what this site stored; its history it keeps, and the page below says so.
 */
export function leave(neutralSite: string): RequestHandler {
  return (_req, res) => {
    res
      .set('Clear-Site-Data', '"cache", "cookies", "storage"')
      .set('Referrer-Policy', 'no-referrer')
      .set('Cache-Control', 'no-store')
      .redirect(303, neutralSite);
  };
}

/** The page "How Leave quickly works". */
export function showLeaving(neutralSite: string): RequestHandler {
  const site = new URL(neutralSite).host;
  return (_req, res) => sendPage(res, 'web/leaving', { neutralSite: site });
}
