import { type Request, type RequestHandler, type Response, Router } from 'express';
import { placesForCountry } from '../../campaign/status-of-ask.ts';
import { isCountry } from '../../shared/countries.ts';
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
    const country = countryOf(req);
    const places = country ? placesForCountry(parts.campaign, country) : [];
    const [usual, ...others] = places;
    if (!country || !usual) return next();
    const journey = readJourney(parts, country, [usual, ...others], req.body);
    if (!journey) throw new Failure('conflict', 'a form of another time');
    await step(journey, res);
  };
}

// Where the writer lives: a country, which the European Union is not.
function countryOf(req: Request<{ country: string }>): string | null {
  const { country } = req.params;
  const code = country.toUpperCase();
  return /^[a-z]{2}$/.test(country) && isCountry(code) ? code : null;
}
