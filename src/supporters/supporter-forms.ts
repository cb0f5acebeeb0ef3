import { z } from 'zod';
import { parseMailAddress } from '../mail/mail-address.ts';
import { isCountry } from '../shared/countries.ts';
import { line, tickable, ticked } from '../web/forms.ts';

/** One e-mail address, as the mail room takes it (security S-11). @param missing catalogue key of the sentence. */
export function emailLine(missing: string) {
  return line(missing, 254).transform((text, context) => {
    const parsed = parseMailAddress(text);
    if (parsed.ok) return parsed.address;
    context.addIssue({ code: 'custom', message: missing });
    return z.NEVER;
  });
}

function countryLine(missing: string) {
  return line(missing, 2).transform((text, context) => {
    const code = text.toUpperCase();
    if (isCountry(code)) return code;
    context.addIssue({ code: 'custom', message: missing });
    return z.NEVER;
  });
}

export const joinForm = z.strictObject({
  country: countryLine('supporters:join.country-missing'),
  email: emailLine('supporters:join.email-missing'),
  keep: ticked('supporters:join.keep-missing'),
  news: tickable(),
});

export const myPageForm = z.strictObject({
  country: countryLine('letters:own-page.country-missing'),
  email: emailLine('letters:with.email-missing'),
});
