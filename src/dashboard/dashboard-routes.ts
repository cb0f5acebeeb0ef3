import { Router } from 'express';
import type { Campaign } from '../campaign/campaign-types.ts';
import type { Db } from '../database/connect.ts';
import { checkFormToken, type GuardParts, requireOrganizer } from '../organizers/guard.ts';
import { showCountries } from './countries/show-countries.ts';
import { showCountry } from './country/show-country.ts';

export type DashboardParts = GuardParts & { readonly db: Db; readonly campaign: Campaign };

/** The organizers' pages, all behind the guard. */
export function dashboardRoutes(parts: DashboardParts): Router {
  const router = Router();
  const guarded = Router();
  guarded.get('/', showCountries(parts));
  guarded.get('/:country', showCountry(parts));
  router.use('/organizers', requireOrganizer(parts), checkFormToken, guarded);
  return router;
}
