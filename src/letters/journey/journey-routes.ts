import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Campaign, Place } from '../../campaign/campaign-types.ts';
import { Failure } from '../../shared/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { createOfficeMemory } from '../office-memory.ts';
import { createMadeCounter } from './count-made.ts';
import { type Journey, type JourneyParts, readJourney } from './journey.ts';
import { choose, letterAsPdf, showSend, submit } from './journey-send.ts';
import { showAsk, showFind, showPreview, showWords } from './journey-steps.ts';

type Step = (journey: Journey, res: Response) => Promise<void>;

/**
 * The way to a letter, in five steps. Each page is the answer to a POST that carries everything typed so far;
 * nothing is kept on our side until the writer decides to send with the campaign.
 */
export function journeyRoutes(given: Omit<JourneyParts, 'countMade' | 'rememberOffice'>): Router {
  const parts = { ...given, countMade: createMadeCounter(given), rememberOffice: createOfficeMemory(given) };
  const router = Router();
  const at = (step: Step) => journeyStep(parts, step);
  router.get('/:country/write', at(showAsk));
  router.post('/:country/write', at(showAsk));
  router.post('/:country/write/representative', at(showFind));
  router.post('/:country/write/words', at(showWords));
  router.post('/:country/write/preview', at(showPreview));
  router.post('/:country/write/send', at(showSend));
  router.post('/:country/write/choose', at(choose));
  router.post('/:country/write/letter.pdf', at(letterAsPdf));
  router.post('/:country/write/submit', at(submit));
  router.get('/write/sent', (_req, res) => sendPage(res, 'letters/check-mail'));
  return router;
}

function journeyStep(parts: JourneyParts, step: Step): RequestHandler<{ country: string }> {
  return async (req, res, next) => {
    const place = placeOf(parts.campaign, req);
    if (!place) return next();
    const journey = readJourney(parts, place, req.body);
    if (!journey) throw new Failure('conflict', 'a form of another time');
    await step(journey, res);
  };
}

function placeOf(campaign: Campaign, req: Request<{ country: string }>): Place | null {
  const { country } = req.params;
  return /^[a-z]{2}$/.test(country) ? (campaign.places.get(country.toUpperCase()) ?? null) : null;
}
