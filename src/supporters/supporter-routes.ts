import { type RequestHandler, type Response, Router } from 'express';
import type { Db } from '../database/connect.ts';
import type { Clock } from '../shared/clock.ts';
import { countriesByName } from '../shared/countries.ts';
import type { Vault } from '../vault/vault.ts';
import { filledForm, formWithErrors, readForm } from '../web/forms.ts';
import { goTo, languageOf, personalPages, sendFormAgain, sendPage } from '../web/pages.ts';
import { askForOwnPage } from './ask-for-own-page.ts';
import type { ConsentGiven } from './enter-supporter.ts';
import { signUp } from './sign-up.ts';
import { joinForm, myPageForm } from './supporter-forms.ts';

export type SupporterParts = {
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly hurry: () => void;
};

/** Signing up without a letter, and asking for the link to one's own page. */
export function supporterRoutes(parts: SupporterParts): Router {
  const router = Router();
  router.use(['/join', '/my-page'], personalPages);
  router.get('/join', (_req, res) =>
    sendPage(res, 'supporters/join', { countries: countryOptions(res), form: filledForm({}) }),
  );
  router.post('/join', join(parts));
  router.get('/join/sent', (_req, res) => sendPage(res, 'supporters/join-sent'));
  router.get('/my-page', (_req, res) =>
    sendPage(res, 'supporters/my-page', { countries: countryOptions(res), form: filledForm({}) }),
  );
  router.post('/my-page', mailOwnPage(parts));
  router.get('/my-page/sent', (_req, res) => sendPage(res, 'supporters/my-page-sent'));
  return router;
}

/** Wordings of the consents: a changed text gets a new id, so that what was shown stays known. */
const consentTexts = { keep: 'join-keep-2026-11', news: 'join-news-2026-11' } as const;

function join(parts: SupporterParts): RequestHandler {
  return async (req, res) => {
    const form = readForm(joinForm, req.body);
    if (!form.ok) return sendFormAgain(res, 'supporters/join', { countries: countryOptions(res), form });
    const { country, email, news } = form.value;
    if (country === 'KH') {
      const refused = formWithErrors(req.body, [{ field: 'country', message: 'supporters:join.cambodia' }]);
      return sendFormAgain(res, 'supporters/join', { countries: countryOptions(res), form: refused });
    }
    const consents: ConsentGiven[] = [{ purpose: 'keep', textId: consentTexts.keep }];
    if (news) consents.push({ purpose: 'news', textId: consentTexts.news });
    await signUp(parts, country, { email, language: languageOf(res), seatId: null, consents });
    parts.hurry();
    goTo(res, '/join/sent');
  };
}

function mailOwnPage(parts: SupporterParts): RequestHandler {
  return async (req, res) => {
    const form = readForm(myPageForm, req.body);
    if (!form.ok) return sendFormAgain(res, 'supporters/my-page', { countries: countryOptions(res), form });
    await askForOwnPage(parts, { ...form.value, language: languageOf(res) });
    parts.hurry();
    goTo(res, '/my-page/sent');
  };
}

function countryOptions(res: Response): { value: string; label: string }[] {
  return countriesByName(languageOf(res)).map(({ code, name }) => ({ value: code, label: name }));
}
