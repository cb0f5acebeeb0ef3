import type { Request, RequestHandler } from 'express';
import { sendProblem } from './problem-pages.ts';

export type OwnOrigins = {
  /** 'https://example.org', of every host of ours. Without: the request's own Host (development, see developmentOnly). */
  readonly origins?: readonly string[];
};

/**
 * Lets a POST through only if our own page sent it (security S-43). In this order, the first that is there:
 * `Sec-Fetch-Site` must be same-origin; `Origin` must be ours; `Referer` must be of our origin. With none of the
 * three (very old browsers, some privacy extensions) it passes only without a cookie: then the sender has no
 * rights that a foreign page could borrow, and everything behind a sign-in has its own token besides.
 */
export function sameOriginPosts(own: OwnOrigins = {}): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'POST' || isOwn(req, own)) return next();
    sendProblem(res, 403, 'not-allowed');
  };
}

function isOwn(req: Request, own: OwnOrigins): boolean {
  const { origin, referer, cookie } = req.headers;
  const site = req.get('sec-fetch-site');
  if (site !== undefined)
    return site === 'same-origin' && (isOwnOrigin(req, own, origin) || origin === 'null');
  if (origin !== undefined) return isOwnOrigin(req, own, origin);
  if (referer !== undefined) return URL.canParse(referer) && isOwnOrigin(req, own, new URL(referer).origin);
  return cookie === undefined;
}

function isOwnOrigin(req: Request, { origins }: OwnOrigins, origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return origins ? origins.includes(origin) : origin === `${req.protocol}://${req.headers.host}`;
}
