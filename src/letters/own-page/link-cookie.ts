import { parse } from 'cookie';
import type { Request, Response } from 'express';
import { minute } from '../../shared/clock.ts';
import { Failure } from '../../shared/errors.ts';

/** Keeps the token of a mailed link for as long as a page may be open (30 minutes), so that it leaves the address bar (security S-02). */
export function setLinkCookie(res: Response, token: string, production: boolean): void {
  res.cookie(cookieName(production), token, {
    httpOnly: true,
    secure: production,
    sameSite: 'lax',
    path: '/',
    maxAge: 30 * minute,
  });
}

export function clearLinkCookie(res: Response, production: boolean): void {
  res.clearCookie(cookieName(production), { httpOnly: true, secure: production, sameSite: 'lax', path: '/' });
}

/** @throws Failure 'link-invalid' where no link was followed in this browser. */
export function linkTokenOf(req: Request, production: boolean): string {
  const token = parse(req.headers.cookie ?? '')[cookieName(production)];
  if (!token) throw new Failure('link-invalid');
  return token;
}

function cookieName(production: boolean): string {
  return production ? '__Host-link' : 'link';
}
