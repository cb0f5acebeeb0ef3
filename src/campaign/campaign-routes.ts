import { type RequestHandler, type Response, Router } from 'express';
import { type Clock, dayOf } from '../shared/clock.ts';
import { countriesByName } from '../shared/countries.ts';
import { showLeaving } from '../web/leave.ts';
import { languageOf, sendPage } from '../web/pages.ts';
import type { Campaign, Place, ReaderLanguage } from './campaign-types.ts';
import {
  closedPlaces,
  describePlace,
  kindOfCountry,
  memberStatesWithoutLetters,
  nameOfCountry,
  parliamentOfTerritory,
  placesByRegion,
} from './describe-country.ts';
import { euMembers } from './status-of-ask.ts';

export type CampaignParts = {
  readonly campaign: Campaign;
  readonly clock: Clock;
  /** Where "leave quickly" leads; the page about it names it. */
  readonly neutralSite: string;
  /** How to reach the people responsible for this installation; null while nobody is named. */
  readonly contact: string | null;
};

/** The public pages about the campaign. Mount after the rooms whose addresses are words: `/:country` comes last. */
export function campaignRoutes({ campaign, clock, neutralSite, contact }: CampaignParts): Router {
  const router = Router();
  router.get('/', showHome(campaign));
  router.get('/countries', showCountries(campaign));
  router.get('/about/who', (_req, res) => sendPage(res, 'campaign/who', { contact }));
  router.get('/about/keeping', (_req, res) => sendPage(res, 'campaign/keeping'));
  router.get('/about/relatives', showRelatives(campaign));
  router.get('/about/thailand-malaysia', (_req, res) => showNotOffered(campaign, res, null));
  router.get('/about/leaving', showLeaving(neutralSite));
  router.get('/:country', showCountry(campaign, clock));
  return router;
}

function showHome(campaign: Campaign): RequestHandler {
  return (_req, res) => {
    sendPage(res, 'campaign/home', {
      regions: placesByRegion(campaign, languageOf(res)),
      malaysia: campaign.places.has('MY'),
    });
  };
}

function showCountries(campaign: Campaign): RequestHandler {
  return (_req, res) => {
    const language = languageOf(res);
    const countries = countriesByName(language)
      .filter(({ code }) => code !== 'KH' && !campaign.places.has(code))
      .map(({ code, name }) => ({ slug: code.toLowerCase(), name }));
    sendPage(res, 'campaign/countries', { regions: placesByRegion(campaign, language), countries });
  };
}

function showRelatives(campaign: Campaign): RequestHandler {
  return (_req, res) => {
    const warnings = campaign.warnings.filter(({ step, places }) => step !== 'organizers' && places === null);
    sendPage(res, 'campaign/relatives', { warnings });
  };
}

// Nobody lives in the European Parliament: its page leads to the countries whose people write to it.
function residentsOf(campaign: Campaign, { place }: Place, language: ReaderLanguage) {
  return place === 'EU' ? memberStatesWithoutLetters(campaign, language) : null;
}

// Why there are no letters to a place: to one of them, or to all.
function showNotOffered(campaign: Campaign, res: Response, code: string | null): void {
  const closed = closedPlaces(campaign, languageOf(res)).filter((place) => !code || place.code === code);
  sendPage(res, 'campaign/thailand-malaysia', { closed, malaysia: campaign.places.has('MY') });
}

function showCountry(campaign: Campaign, clock: Clock): RequestHandler<{ country: string }> {
  return (req, res, next) => {
    const { country: slug } = req.params;
    const code = slug.toUpperCase();
    const kind = /^[a-z]{2}$/.test(slug) ? kindOfCountry(campaign, code) : null;
    if (kind === null) return next();
    if (kind === 'refused') return sendPage(res, 'campaign/cambodia');
    if (kind === 'not-offered') return showNotOffered(campaign, res, code);

    const language = languageOf(res);
    const place = campaign.places.get(code);
    const name = nameOfCountry(campaign, code, language);
    if (place) {
      const day = dayOf(clock.now(), place.timeZone);
      return sendPage(res, 'campaign/country', {
        place,
        slug,
        name,
        residents: residentsOf(campaign, place, language),
        ...describePlace(campaign, place, language, day),
      });
    }
    sendPage(res, 'campaign/other-country', {
      name,
      slug,
      parliament: parliamentOfTerritory(campaign, code),
      european: kind === 'european',
      inUnion: euMembers.has(code),
      asks: campaign.asks,
    });
  };
}
