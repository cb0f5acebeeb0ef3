import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Db } from '../database/connect.ts';
import type { Clock } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { goTo } from '../web/pages.ts';
import { createSecretCookie, type SecretCookie } from '../web/secret-cookie.ts';
import { findSession, type SignedIn } from './sessions.ts';

declare global {
  namespace Express {
    interface Locals {
      signedIn?: SignedIn;
      formToken?: string;
    }
  }
}

export type GuardParts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly production: boolean;
  readonly formKey: Buffer;
};

/** Lets only organizers through whose session has both factors; others go to the sign-in page. */
export function requireOrganizer(parts: GuardParts): RequestHandler {
  return async (req, res, next) => {
    const id = sessionIdOf(parts, req);
    const signedIn = id ? await findSession(parts.db, id, parts.clock.now()) : null;
    if (!id || signedIn?.session.factors !== 2) return goTo(res, '/organizers/sign-in');
    res.locals.signedIn = signedIn;
    res.locals.formToken = formToken(parts.formKey, id);
    res.set('X-Robots-Tag', 'noindex, nofollow');
    next();
  };
}

/** Refuses a form that was not made for this session (security S-43). Comes after the body was read. */
export const checkFormToken: RequestHandler = (req, res, next) => {
  if (req.method !== 'POST') return next();
  const expected = Buffer.from(res.locals.formToken ?? '');
  const given = Buffer.from(String((req.body as Record<string, unknown> | undefined)?.['token'] ?? ''));
  const right = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  next(right ? undefined : new Failure('not-allowed', 'form token'));
};

/** The organizer a guarded page is for. */
export function organizerOf(res: Response): SignedIn['actor'] {
  if (!res.locals.signedIn) throw new Error('requireOrganizer must come before this page');
  return res.locals.signedIn.actor;
}

export function sessionIdOf(parts: { readonly production: boolean }, req: Request): string | null {
  return sessionCookie(parts).read(req);
}

export function setSessionCookie(
  parts: { readonly production: boolean },
  res: Response,
  sessionId: string,
): void {
  sessionCookie(parts).set(res, sessionId);
}

/** Takes the cookie away, and with it what else the browser holds of us. */
export function clearSessionCookie(parts: { readonly production: boolean }, res: Response): void {
  sessionCookie(parts).clear(res);
  res.set('Clear-Site-Data', '"cache", "cookies", "storage"');
}

function sessionCookie({ production }: { readonly production: boolean }): SecretCookie {
  return createSecretCookie({ name: 'session', production, sameSite: 'strict' });
}

function formToken(key: Buffer, sessionId: string): string {
  return createHmac('sha256', key).update(`form|${sessionId}`).digest('base64url');
}
