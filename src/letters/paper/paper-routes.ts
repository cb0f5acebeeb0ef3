import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { type AskId, askIds, type Campaign, type Place } from '../../campaign/campaign-types.ts';
import { hasLetters } from '../../campaign/check-campaign.ts';
import { nameOfCountry } from '../../campaign/describe-country.ts';
import { usualLanguage } from '../../campaign/letter-language.ts';
import { placeForCountry, statusOfAsk } from '../../campaign/status-of-ask.ts';
import { languageNameIn } from '../../rendering/languages.ts';
import type { Typesetter } from '../../rendering/typeset.ts';
import { type Clock, dayOf } from '../../shared/clock.ts';
import { isCountry } from '../../shared/countries.ts';
import { Failure } from '../../shared/errors.ts';
import { type Form, filledForm, oneOf, readForm } from '../../web/forms.ts';
import { languageOf, sendPage } from '../../web/pages.ts';
import { sendPdf } from '../../web/send-pdf.ts';
import { canDraw } from '../journey/make-document.ts';
import { drawPaperLetter } from './draw-paper-letter.ts';

export type PaperParts = {
  readonly campaign: Campaign;
  readonly clock: Clock;
  readonly typesetter: Typesetter;
};

/** Letters to print and finish by hand, for events. Nothing is kept of them, and nothing is counted. */
export function paperRoutes(parts: PaperParts): Router {
  const router = Router();
  router.get('/:country/paper', showPaper(parts));
  router.post('/:country/paper', sendPaper(parts));
  return router;
}

function showPaper(parts: PaperParts): RequestHandler<{ country: string }> {
  return (req, res, next) => {
    const where = whereOf(parts.campaign, req);
    if (!where) return next();
    showForm(parts, res, where);
  };
}

function sendPaper(parts: PaperParts): RequestHandler<{ country: string }> {
  return (req, res, next) => {
    const where = whereOf(parts.campaign, req);
    if (!where) return next();
    const form = readForm(paperForm(parts, where.place), req.body ?? {});
    if (!form.ok) return showForm(parts, res, where, form);
    const now = parts.clock.now();
    const pdf = drawPaperLetter(parts, where.place, where.country, form.value, now);
    if (!pdf) throw new Failure('not-found', 'no such letter');
    sendPdf(res, pdf);
  };
}

type Where = { readonly country: string; readonly place: Place };

function whereOf(campaign: Campaign, req: Request<{ country: string }>): Where | null {
  const country = req.params.country.toUpperCase();
  if (!/^[a-z]{2}$/.test(req.params.country) || !isCountry(country)) return null;
  const place = placeForCountry(campaign, country);
  return place && { country, place };
}

const paperForm = ({ typesetter }: PaperParts, place: Place) =>
  z.strictObject({
    ask: oneOf(askIds, 'letters:ask.missing'),
    language: z
      .string()
      .refine(
        (language) => place.languages.includes(language) && canDraw(typesetter, { language }),
        'letters:paper.missing',
      ),
    chamber: z.string().refine((id) => place.chambers.some((one) => one.id === id), 'letters:paper.missing'),
  });

function showForm(parts: PaperParts, res: Response, { country, place }: Where, form?: Form): void {
  const reader = languageOf(res);
  const languages = place.languages.filter((language) => canDraw(parts.typesetter, { language }));
  const usual = usualLanguage(place, { country, constituency: null, reads: reader });
  sendPage(
    res,
    'letters/paper',
    {
      country: `/${country.toLowerCase()}`,
      countryName: nameOfCountry(parts.campaign, country, reader),
      asks: asksOf(parts, place),
      languages: languages.map((value) => ({ value, label: languageNameIn(value, reader) })),
      chambers: place.chambers.map(({ id, name }) => ({ value: id, label: name[reader] })),
      form: form ?? filledForm({ language: languages.includes(usual) ? usual : (languages[0] ?? '') }),
    },
    form ? 422 : 200,
  );
}

function asksOf({ campaign, clock }: PaperParts, place: Place) {
  const today = dayOf(clock.now(), place.timeZone);
  const isAsked = (ask: AskId) =>
    hasLetters(place, ask) && statusOfAsk(place, ask, today).value !== 'not-offered';
  return campaign.asks.filter(({ id }) => isAsked(id)).map(({ id, name, limit }) => ({ id, name, limit }));
}
