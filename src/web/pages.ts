import { type RequestHandler, type Response, Router } from 'express';
import type { Views } from '../rendering/create-views.ts';
import { isLanguage, type Language, languageNames, languages } from '../rendering/languages.ts';
import type { Form } from './forms.ts';

/** What every page needs beside its own data. */
export type Site = {
  readonly views: Views;
  /** Public files: name in src/web/public → address with its content hash. */
  readonly files: Readonly<Record<string, string>>;
  /** The banner "for trying out". */
  readonly development: boolean;
  /** The banner of a database filled by `demo`, as it was at the start. */
  readonly demo: boolean;
};

declare global {
  namespace Express {
    interface Locals {
      site?: Site;
      language?: Language;
      pathAfterLanguage?: string;
    }
  }
}

/** Fields with a meaning for the layout; all others are the page's own. */
export type PageFields = {
  readonly form?: Form;
  /**
   * 'form': the page answers a POST, so the language switch sends its form (`<form id="journey">`) instead of
   * following a link. Default: 'form' where a `form` came back, else 'link'.
   */
  readonly switchBy?: 'link' | 'form';
  /** Where the switch leads, without the language: '/nz/write/words'. Default: the path of this request. */
  readonly switchPath?: string;
  /** Name and value that the switch's button sends along, so that the step can tell it from "Continue". */
  readonly switchName?: string;
  readonly switchValue?: string;
  readonly [field: string]: unknown;
};

/**
 * Gives every later handler its pages, in the language of the address (/km/…), else in the one the browser
 * prefers. Comes before whatever may refuse a request, so that a refusal too speaks the reader's language.
 */
export function usePages(site: Site): RequestHandler {
  return (req, res, next) => {
    const [, first] = req.path.split('/');
    res.locals.site = site;
    if (isLanguage(first)) {
      res.locals.language = first;
      res.locals.pathAfterLanguage = req.path.slice(first.length + 1) || '/';
    } else {
      res.locals.language = preferredLanguage(req.get('accept-language'));
    }
    next();
  };
}

/** The site under /km, /en and /fr: the handlers of `router` see paths without the language. */
export function inEachLanguage(router: Router): Router {
  const all = Router();
  for (const language of languages) all.use(`/${language}`, router);
  return all;
}

/** GET /: to the first page in the browser's language. No cookie, nothing remembered. */
export const toFirstPage: RequestHandler = (_req, res) => {
  res
    .vary('Accept-Language')
    .set('Cache-Control', 'no-store')
    .redirect(302, `/${languageOf(res)}`);
};

export function languageOf(res: Response): Language {
  return res.locals.language ?? 'en';
}

/**
 * Khmer where the browser lists it at all: who reads Khmer often has a phone set to the country's language
 * first. Else the first of ours in its order; English where it lists none.
 */
export function preferredLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: tag.split('-')[0], q: q ? Number(q.slice(2)) : 1 };
    })
    .filter(({ q }) => q > 0)
    .sort((one, other) => other.q - one.q)
    .map(({ language }) => language)
    .filter(isLanguage);
  return wanted.includes('km') ? 'km' : (wanted[0] ?? 'en');
}

/** Our own address in the reader's language: addressIn(res, '/nz') → '/km/nz'. */
export function addressIn(res: Response, path: string): string {
  return path === '/' ? `/${languageOf(res)}` : `/${languageOf(res)}${path}`;
}

/** After a POST that changed something: 303 to one of our own pages, in the reader's language. */
export function goTo(res: Response, path: string): void {
  res.set('Cache-Control', 'no-store').redirect(303, addressIn(res, path));
}

/**
 * Renders templates/pages/<name>.hbs in the reader's language and answers with it. Nothing that we render is
 * kept by the browser: on a shared device a kept page is a trace.
 */
export function sendPage(res: Response, name: string, data: PageFields = {}, status = 200): void {
  const { site } = res.locals;
  if (!site) throw new Error('usePages must come before every page');
  const language = languageOf(res);
  const { views, files, development, demo } = site;
  const html = views.page(name, {
    ...data,
    language,
    site: { files, development, demo, switchByForm: isSwitchByForm(data), switch: languageSwitch(res, data) },
  });
  res.status(status).set('Cache-Control', 'no-store').type('html').send(html);
}

/** The page again with 422, the values kept, the error summary first. */
export function sendFormAgain(res: Response, name: string, data: PageFields & { form: Form }): void {
  sendPage(res, name, data, 422);
}

function isSwitchByForm(data: PageFields): boolean {
  return (data.switchBy ?? (data.form?.errors.length ? 'form' : 'link')) === 'form';
}

function languageSwitch(res: Response, data: PageFields) {
  const path = data.switchPath ?? res.locals.pathAfterLanguage;
  if (path === undefined) return null;
  const byForm = isSwitchByForm(data);
  const current = languageOf(res);
  return languages.map((language) => ({
    language,
    name: languageNames[language],
    href: path === '/' ? `/${language}` : `/${language}${path}`,
    current: language === current,
    byForm,
  }));
}

/** For pages about one person: never indexed. (Nothing that sendPage answers is cached.) */
export const personalPages: RequestHandler = (_req, res, next) => {
  res.set('X-Robots-Tag', 'noindex, nofollow').set('Cache-Control', 'no-store');
  next();
};

/** For pages opened by a mailed link: personal, and the address with its token goes nowhere as a Referer. */
export const mailedLinkPages: RequestHandler = (_req, res, next) => {
  res.set('X-Robots-Tag', 'noindex, nofollow').set('Cache-Control', 'no-store');
  res.set('Referrer-Policy', 'no-referrer');
  next();
};
