import type { Response } from 'express';
import type { Views } from '../rendering/create-views.ts';
import { addressIn, languageOf } from '../web/pages.ts';

/** What the organizers' layout needs on every page. */
export function organizerFrame(res: Response, current: 'countries' | 'country') {
  const views = viewsOf(res);
  return {
    token: res.locals.formToken ?? '',
    menu: [
      {
        label: views.say(languageOf(res), 'dashboard:menu.countries'),
        href: addressIn(res, '/organizers'),
        current: current === 'countries',
      },
    ],
  };
}

function viewsOf(res: Response): Views {
  if (!res.locals.site) throw new Error('usePages must come before every page');
  return res.locals.site.views;
}
