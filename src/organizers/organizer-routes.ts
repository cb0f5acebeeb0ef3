import { createHmac, randomBytes } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import QRCode from 'qrcode';
import type { Db } from '../database/connect.ts';
import { type Clock, minute } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import type { Vault } from '../vault/vault.ts';
import { formWithErrors, readForm } from '../web/forms.ts';
import { goTo, mailedLinkPages, personalPages, sendFormAgain, sendPage } from '../web/pages.ts';
import { createSecretCookie, type SecretCookie } from '../web/secret-cookie.ts';
import { checkInvitation, choosePassword, pendingSecret, proveSecondFactor } from './accept-invitation.ts';
import {
  checkFormToken,
  clearSessionCookie,
  requireOrganizer,
  sessionIdOf,
  setSessionCookie,
} from './guard.ts';
import { codeForm, passwordForm, signInForm } from './organizer-forms.ts';
import { totpAddress } from './second-factor.ts';
import { endSession, findSession } from './sessions.ts';
import { signInWithCode, signInWithPassword } from './sign-in.ts';

export type OrganizerParts = {
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly production: boolean;
  readonly formKey: Buffer;
};

/** Sign-in, sign-out and taking up an invitation. The pages behind the guard belong to the dashboard. */
export function organizerRoutes(parts: OrganizerParts): Router {
  const router = Router();
  router.use('/organizers', personalPages);
  router.get('/organizers/sign-in', (_req, res) => sendPage(res, 'organizers/sign-in'));
  router.post('/organizers/sign-in', takePassword(parts));
  router.get('/organizers/code', (_req, res) => sendPage(res, 'organizers/code'));
  router.post('/organizers/code', takeCode(parts));
  router.post('/organizers/sign-out', requireOrganizer(parts), checkFormToken, signOut(parts));
  router.get('/organizers/invitation/:token', mailedLinkPages, keepInvitation(parts));
  router.get('/organizers/invitation', showInvitation(parts));
  router.post('/organizers/invitation', takeNewPassword(parts));
  router.post('/organizers/invitation/code', takeFirstCode(parts));
  return router;
}

function takePassword(parts: OrganizerParts): RequestHandler {
  const nameSource = createSourceNames();
  return async (req, res) => {
    const form = readForm(signInForm, req.body);
    if (!form.ok) return sendFormAgain(res, 'organizers/sign-in', { form });
    const { email, password } = form.value;
    const sessionId = await signInWithPassword(parts, email, password, nameSource(req));
    if (!sessionId) {
      const again = formWithErrors({ email }, [{ field: 'email', message: 'organizers:sign-in.wrong' }]);
      return sendFormAgain(res, 'organizers/sign-in', { form: again });
    }
    setSessionCookie(parts, res, sessionId);
    goTo(res, '/organizers/code');
  };
}

// The address of a request is needed to slow down guessing, but never kept: its keyed hash lives until the process ends.
function createSourceNames(): (req: Request) => string {
  const key = randomBytes(32);
  return (req) =>
    createHmac('sha256', key)
      .update(req.socket.remoteAddress ?? '')
      .digest('hex')
      .slice(0, 32);
}

function takeCode(parts: OrganizerParts): RequestHandler {
  return async (req, res) => {
    const form = readForm(codeForm, req.body);
    if (!form.ok) return sendFormAgain(res, 'organizers/code', { form });
    const id = sessionIdOf(parts, req);
    const signedIn = id ? await findSession(parts.db, id, parts.clock.now()) : null;
    if (!signedIn) return goTo(res, '/organizers/sign-in');
    const sessionId = await signInWithCode(parts, signedIn.session, form.value.code);
    if (!sessionId) {
      const again = formWithErrors({}, [{ field: 'code', message: 'organizers:code.wrong' }]);
      return sendFormAgain(res, 'organizers/code', { form: again });
    }
    setSessionCookie(parts, res, sessionId);
    goTo(res, '/organizers');
  };
}

function signOut(parts: OrganizerParts): RequestHandler {
  return async (_req, res) => {
    const { signedIn } = res.locals;
    if (signedIn) await endSession(parts.db, signedIn, parts.clock.now());
    clearSessionCookie(parts, res);
    goTo(res, '/organizers/sign-in');
  };
}

function invitationCookie({ production }: OrganizerParts): SecretCookie {
  return createSecretCookie({ name: 'invitation', production, sameSite: 'lax', maxAge: 15 * minute });
}

function keepInvitation(parts: OrganizerParts): RequestHandler<{ token: string }> {
  return (req, res) => {
    invitationCookie(parts).set(res, req.params.token.slice(0, 100));
    goTo(res, '/organizers/invitation');
  };
}

function invitationOf(parts: OrganizerParts, req: Request): string {
  const token = invitationCookie(parts).read(req);
  if (!token) throw new Failure('link-invalid');
  return token;
}

function showInvitation(parts: OrganizerParts): RequestHandler {
  return async (req, res) => {
    await checkInvitation(parts, invitationOf(parts, req));
    sendPage(res, 'organizers/accept');
  };
}

function takeNewPassword(parts: OrganizerParts): RequestHandler {
  return async (req, res) => {
    const token = invitationOf(parts, req);
    await checkInvitation(parts, token);
    const form = readForm(passwordForm, req.body);
    if (!form.ok)
      return sendFormAgain(res, 'organizers/accept', { form: { values: {}, errors: form.errors } });
    const secret = await choosePassword(parts, token, form.value.password);
    sendPage(res, 'organizers/accept-code', await describeSecret(secret));
  };
}

function takeFirstCode(parts: OrganizerParts): RequestHandler {
  return async (req, res) => {
    const token = invitationOf(parts, req);
    const form = readForm(codeForm, req.body);
    const welcome = form.ok ? await proveSecondFactor(parts, token, form.value.code) : null;
    if (!welcome) {
      const errors = form.ok ? [{ field: 'code', message: 'organizers:code.wrong' }] : form.errors;
      const secret = await describeSecret(await pendingSecret(parts, token));
      return sendFormAgain(res, 'organizers/accept-code', { ...secret, form: { values: {}, errors } });
    }
    invitationCookie(parts).clear(res);
    setSessionCookie(parts, res, welcome.sessionId);
    sendPage(res, 'organizers/recovery-codes', { codes: welcome.recoveryCodes });
  };
}

/** The secret as text in groups of four, and as the path of a QR code for an inline SVG. */
async function describeSecret(
  secret: string,
): Promise<{ secret: string; qr: { size: number; path: string } }> {
  const { modules } = QRCode.create(totpAddress(secret), { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`;
    }
  }
  return { secret: secret.replace(/(.{4})(?=.)/g, '$1 '), qr: { size: modules.size + 8, path } };
}
