import { Router } from 'express';
import { campaignRoutes } from '../campaign/campaign-routes.ts';
import { dashboardRoutes } from '../dashboard/dashboard-routes.ts';
import { journeyRoutes } from '../letters/journey/journey-routes.ts';
import { linkRoutes } from '../letters/own-page/link-routes.ts';
import { paperRoutes } from '../letters/paper/paper-routes.ts';
import { organizerRoutes } from '../organizers/organizer-routes.ts';
import { eraseRoutes } from '../privacy/erase-routes.ts';
import { supporterRoutes } from '../supporters/supporter-routes.ts';
import type { Parts } from './create-parts.ts';
import { outboxRoutes } from './outbox-routes.ts';

/** The site map. What has the two letters of a country comes where it is asked for most: first, and last. @param hurry wakes the worker. */
export function createRoutes(parts: Parts, hurry: () => void): Router {
  const { db, vault, clock, campaign, views, typesetter, formKey } = parts;
  const { production, neutralSite } = parts.config;
  const router = Router();
  router.use(journeyRoutes({ db, vault, clock, campaign, views, typesetter, formKey, hurry })); // /nz/write/…
  router.use(paperRoutes({ campaign, clock, typesetter })); //                 /nz/paper
  if (!production) router.use(outboxRoutes(parts.outboxFolder)); //            /outbox
  router.use(organizerRoutes({ db, vault, clock, production, formKey })); //   /organizers/sign-in, code, invitation
  router.use(dashboardRoutes({ db, clock, campaign, production, formKey })); // /organizers, /organizers/nz
  router.use(supporterRoutes({ db, vault, clock, hurry })); //                 /join, /my-page
  router.use(eraseRoutes({ db, clock, production })); //                       /l/erase
  router.use(linkRoutes({ db, vault, clock, campaign, typesetter, production, hurry })); // /l: what a mailed link opens
  router.use(campaignRoutes({ campaign, clock, neutralSite, contact: null })); // /, /about/…, /nz
  return router;
}
