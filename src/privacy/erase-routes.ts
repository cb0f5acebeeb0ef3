import { type RequestHandler, Router } from 'express';
import type { Db } from '../database/connect.ts';
import { inSnapshot } from '../database/transaction.ts';
import { confirmForm, eraseForm } from '../letters/journey/journey-forms.ts';
import { clearLinkCookie, linkTokenOf } from '../letters/own-page/link-cookie.ts';
import { readLink } from '../links/links.ts';
import type { Actor } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { filledForm, readForm } from '../web/forms.ts';
import { sendFormAgain, sendPage } from '../web/pages.ts';
import { eraseByConfirmLink } from './erase-by-confirm-link.ts';
import { eraseSupporter } from './erase-supporter.ts';

export type EraseParts = { readonly db: Db; readonly clock: Clock; readonly production: boolean };

/** Erasing, by the link of one's own page or by the link that would have confirmed a letter. */
export function eraseRoutes(parts: EraseParts): Router {
  const router = Router();
  router.post('/l/erase', eraseEverything(parts));
  router.post('/l/erase-letter', eraseLetter(parts));
  return router;
}

function eraseEverything(parts: EraseParts): RequestHandler {
  return async (req, res) => {
    const token = linkTokenOf(req, parts.production);
    const link = await inSnapshot(parts.db, (tx) => readLink(tx, token, ['page'], parts.clock.now()));
    if (!link) throw new Failure('link-invalid');
    const form = readForm(eraseForm, req.body);
    if (!form.ok) return sendFormAgain(res, 'privacy/erase', { form });
    const writer = { kind: 'supporter', supporterId: link.subjectId, country: link.country } as const;
    if (!(await eraseUnlessSending(parts, writer))) {
      return sendPage(res, 'privacy/erase', { sending: true, form: filledForm({}) }, 409);
    }
    clearLinkCookie(res, parts.production);
    sendPage(res, 'letters/erased');
  };
}

/** @returns false while one of the letters is being sent; that lasts 15 minutes at most. */
async function eraseUnlessSending(
  parts: EraseParts,
  writer: Actor & { kind: 'supporter' },
): Promise<boolean> {
  try {
    await eraseSupporter(parts, writer, writer.supporterId);
    return true;
  } catch (error) {
    if (error instanceof Failure && error.kind === 'conflict') return false;
    throw error;
  }
}

function eraseLetter(parts: EraseParts): RequestHandler {
  return async (req, res) => {
    const form = readForm(confirmForm, req.body);
    if (!form.ok) throw new Failure('link-invalid');
    await eraseByConfirmLink(parts, linkTokenOf(req, parts.production), form.value.letter);
    clearLinkCookie(res, parts.production);
    sendPage(res, 'letters/erased');
  };
}
