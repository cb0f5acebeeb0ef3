import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Campaign } from '../../campaign/campaign-types.ts';
import type { Db } from '../../database/connect.ts';
import { inSnapshot } from '../../database/transaction.ts';
import type { LinkPurpose } from '../../links/link.ts';
import { readLink } from '../../links/links.ts';
import type { Typesetter } from '../../rendering/typeset.ts';
import type { Actor } from '../../shared/actor.ts';
import type { Clock } from '../../shared/clock.ts';
import { countryName } from '../../shared/countries.ts';
import { Failure } from '../../shared/errors.ts';
import { confirmSignUp, followManageLink, openOwnPage } from '../../supporters/confirm-sign-up.ts';
import type { Vault } from '../../vault/vault.ts';
import { filledForm, readForm } from '../../web/forms.ts';
import { goTo, languageOf, mailedLinkPages, personalPages, sendPage } from '../../web/pages.ts';
import { sendPdf } from '../../web/send-pdf.ts';
import { confirmLetter, letterToConfirm } from '../confirm-letter.ts';
import { confirmForm, letterIdForm, sentForm } from '../journey/journey-forms.ts';
import { presentLetter } from '../journey/present-letter.ts';
import { warningsAt } from '../journey/warnings.ts';
import { recordAnswerToLetter, recordSentByYou, withdrawLetter } from './act-on-own-letters.ts';
import { linkTokenOf, setLinkCookie } from './link-cookie.ts';
import { drawOwnLetter, ownLetters } from './own-letters.ts';

export type LinkParts = {
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly campaign: Campaign;
  readonly typesetter: Typesetter;
  readonly production: boolean;
  readonly hurry: () => void;
};

/** What a mailed link opens. Opening shows, pressing acts; the token leaves the address at once. */
export function linkRoutes(parts: LinkParts): Router {
  const router = Router();
  router.use('/l', personalPages);
  router.get('/l', showLink(parts));
  router.post('/l/join', pressJoin(parts));
  router.post('/l/confirm', pressConfirm(parts));
  router.post('/l/open', pressOpen(parts));
  router.post(
    '/l/withdraw',
    actOnOwn(parts, ({ letter }, writer) => withdrawLetter(parts, writer, letter)),
  );
  router.post(
    '/l/answered',
    actOnOwn(parts, ({ letter }, writer) => recordAnswerToLetter(parts, writer, letter)),
  );
  router.post('/l/sent', tellSent(parts));
  router.post('/l/letter.pdf', sendOwnPdf(parts));
  router.get('/l/:token', mailedLinkPages, keepToken(parts));
  return router;
}

function keepToken({ production }: LinkParts): RequestHandler<{ token: string }> {
  return (req, res) => {
    setLinkCookie(res, req.params.token.slice(0, 100), production);
    goTo(res, '/l');
  };
}

function showLink(parts: LinkParts): RequestHandler {
  return async (req, res) => {
    const token = linkTokenOf(req, parts.production);
    const purposes: readonly LinkPurpose[] = ['join', 'confirm', 'manage', 'page'];
    const link = await inSnapshot(parts.db, (tx) => readLink(tx, token, purposes, parts.clock.now()));
    if (!link) throw new Failure('link-invalid');
    if (link.purpose === 'join') {
      return sendPage(res, 'supporters/join-confirm', {
        country: countryName(link.country, languageOf(res)),
      });
    }
    if (link.purpose === 'confirm') return await showConfirm(parts, res, token, {});
    if (link.purpose === 'manage') return sendPage(res, 'letters/open-mine', { form: filledForm({}) });
    await showOwn(parts, req, res, {});
  };
}

function pressJoin(parts: LinkParts): RequestHandler {
  return async (req, res) => {
    const { country } = await confirmSignUp(parts, linkTokenOf(req, parts.production));
    sendPage(res, 'supporters/join-confirmed', {
      country: countryName(country, languageOf(res)),
      slug: country.toLowerCase(),
    });
  };
}

function pressOpen(parts: LinkParts): RequestHandler {
  return async (req, res) => {
    const page = await followManageLink(parts, linkTokenOf(req, parts.production));
    setLinkCookie(res, page, parts.production);
    goTo(res, '/l');
  };
}

type ConfirmNotes = { readonly tooMany?: boolean; readonly changedMeanwhile?: boolean };

async function showConfirm(
  parts: LinkParts,
  res: Response,
  token: string,
  notes: ConfirmNotes,
  status = 200,
): Promise<void> {
  const seen = await letterToConfirm(parts, token);
  const place = parts.campaign.places.get(seen.letter.place);
  const letter = presentLetter(parts.campaign, seen.today.letter, languageOf(res), {
    ownWordsInKhmer: '',
    changed: seen.today.changed,
  });
  sendPage(
    res,
    'letters/confirm',
    {
      letter,
      byEmail: seen.letter.route === 'email',
      anyChanged: seen.today.changed.length > 0,
      tooMany: notes.tooMany ?? false,
      changedMeanwhile: notes.changedMeanwhile ?? false,
      already: seen.already,
      letterId: seen.letter.id,
      shown: seen.today.hash,
      until: seen.expiresAt,
      zone: place?.timeZone ?? 'UTC',
      warnings: warningsAt(parts.campaign, 'send', seen.letter.place),
      form: filledForm({}),
    },
    status,
  );
}

function pressConfirm(parts: LinkParts): RequestHandler {
  return async (req, res) => {
    const token = linkTokenOf(req, parts.production);
    const form = readForm(confirmForm, req.body);
    const result = form.ok
      ? await confirmLetter(parts, token, form.value.shown)
      : ({ kind: 'changed' } as const);
    if (result.kind === 'changed')
      return await showConfirm(parts, res, token, { changedMeanwhile: true }, 409);
    if (result.kind === 'too-many-today') return await showConfirm(parts, res, token, { tooMany: true }, 429);
    if (result.kind === 'already') return await showConfirm(parts, res, token, {}, 409);
    const { supporterId, country, route } = result.letter;
    setLinkCookie(res, await openOwnPage(parts, { id: supporterId, country }), parts.production);
    parts.hurry();
    sendPage(res, 'letters/confirmed', { how: route === 'email' ? 'email' : 'hand' });
  };
}

async function writerOf(parts: LinkParts, req: Request): Promise<Actor & { kind: 'supporter' }> {
  const token = linkTokenOf(req, parts.production);
  const link = await inSnapshot(parts.db, (tx) => readLink(tx, token, ['page'], parts.clock.now()));
  if (!link) throw new Failure('link-invalid');
  return { kind: 'supporter', supporterId: link.subjectId, country: link.country };
}

type OwnNotes = {
  readonly conflict?: boolean;
  readonly wrongDay?: { readonly letter: string; readonly day: string };
};

async function showOwn(
  parts: LinkParts,
  req: Request,
  res: Response,
  notes: OwnNotes,
  status = 200,
): Promise<void> {
  const letters = await ownLetters(parts, await writerOf(parts, req));
  sendPage(
    res,
    'letters/mine',
    {
      conflict: notes.conflict ?? false,
      none: letters.length === 0,
      letters: letters.map((letter) => ({
        ...letter,
        dayError: notes.wrongDay?.letter === letter.id,
        dayValue: notes.wrongDay?.letter === letter.id ? notes.wrongDay.day : '',
      })),
      form: filledForm({}),
    },
    status,
  );
}

function actOnOwn(
  parts: LinkParts,
  act: (value: { letter: string }, writer: Actor) => Promise<void>,
): RequestHandler {
  return async (req, res) => {
    const writer = await writerOf(parts, req);
    const form = readForm(letterIdForm, req.body);
    if (!form.ok) throw new Failure('not-found');
    try {
      await act(form.value, writer);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'conflict') throw error;
      return await showOwn(parts, req, res, { conflict: true }, 409);
    }
    goTo(res, '/l');
  };
}

function tellSent(parts: LinkParts): RequestHandler {
  return async (req, res) => {
    const writer = await writerOf(parts, req);
    const form = readForm(sentForm, req.body);
    if (!form.ok) throw new Failure('not-found');
    try {
      await recordSentByYou(parts, writer, form.value.letter, form.value.day);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'conflict') throw error;
      return await showOwn(parts, req, res, { wrongDay: form.value }, 422);
    }
    goTo(res, '/l');
  };
}

function sendOwnPdf(parts: LinkParts): RequestHandler {
  return async (req, res) => {
    const writer = await writerOf(parts, req);
    const form = readForm(letterIdForm, req.body);
    const pdf = form.ok ? await drawOwnLetter(parts, writer, form.value.letter) : null;
    if (!pdf) throw new Failure('not-found');
    sendPdf(res, pdf);
  };
}
