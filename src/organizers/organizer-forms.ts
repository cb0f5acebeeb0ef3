import { z } from 'zod';
import { line } from '../web/forms.ts';
import { isGuessable, longestPassword, shortestPassword } from './passwords.ts';

export const signInForm = z.strictObject({
  email: line('organizers:sign-in.email-missing', 254),
  password: z
    .string('organizers:sign-in.password-missing')
    .min(1, 'organizers:sign-in.password-missing')
    .max(longestPassword * 4, 'web:form.too-long'),
});

export const codeForm = z.strictObject({ code: line('organizers:code.missing', 40) });

export const passwordForm = z.strictObject({
  password: z
    .string('organizers:accept.too-short')
    .min(shortestPassword, 'organizers:accept.too-short')
    .max(longestPassword, 'web:form.too-long')
    .refine((password) => !isGuessable(password), 'organizers:accept.guessable'),
});
