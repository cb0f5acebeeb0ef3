import { z } from 'zod';
import { cleanLine, cleanLines } from '../shared/text.ts';

/** `message` is a key of the catalogues ('letters:words.too-short'); `values` fill its {{fields}}. */
export type FormError = {
  readonly field: string;
  readonly message: string;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** What a page needs to show a form: what the person had put in, and what is to be put right. */
export type Form = {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly FormError[];
};

export type FormResult<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Form);

/**
 * Checks a parsed body against a strict schema whose messages are catalogue keys. One error a field, in the
 * order of the schema; a failed result is itself the `form` for the page.
 */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): FormResult<T> {
  const values = keepTexts(body);
  const result = schema.safeParse(values);
  if (result.success) return { ok: true, value: result.data };
  const errors = new Map<string, FormError>();
  for (const issue of result.error.issues) {
    const error = describeIssue(issue);
    if (!errors.has(error.field)) errors.set(error.field, error);
  }
  return { ok: false, values, errors: [...errors.values()] };
}

/** A form that shows values and has no errors. */
export function filledForm(values: Readonly<Record<string, string>>): Form {
  return { values, errors: [] };
}

/** A failure found after reading (a postcode that does not exist): the same page, the same summary. */
export function formWithErrors(body: unknown, errors: readonly FormError[]): { ok: false } & Form {
  return { ok: false, values: keepTexts(body), errors };
}

/** One line of text, cleaned, 1 to `max` characters. `missing` is the key of the sentence for an empty field. */
export function line(missing: string, max = 200) {
  return z
    .string(missing)
    .transform(cleanLine)
    .pipe(z.string().min(1, missing).max(max, 'web:form.too-long'));
}

/** Several lines, cleaned, 1 to `max` characters. */
export function lines(missing: string, max = 4000) {
  return z
    .string(missing)
    .transform(cleanLines)
    .pipe(z.string().min(1, missing).max(max, 'web:form.too-long'));
}

/** How a field of a form of texts is cleaned, and how many characters it may have. */
export type TextField = { readonly max: number; readonly clean: (text: string) => string };

/**
 * Reads a form of texts only, with many fields: unknown ones are refused, absent ones are ''. Two walks for what a
 * schema with a type for each field would take hundreds of steps.
 */
export function readTexts<Name extends string>(
  fields: Readonly<Record<Name, TextField>>,
  body: unknown,
): FormResult<Readonly<Record<Name, string>>> {
  const given = keepTexts(body);
  const errors: FormError[] = [];
  if (Object.keys(given).some((name) => !Object.hasOwn(fields, name)))
    errors.push({ field: '', message: 'web:form.unexpected' });
  const value: Record<string, string> = {};
  for (const name in fields) {
    const { max, clean } = fields[name];
    const text = Object.hasOwn(given, name) ? (given[name] ?? '') : '';
    // What is far too long is not even looked at.
    const cleaned = text.length > max * 4 ? text : clean(text);
    if (cleaned.length > max)
      errors.push({ field: name, message: 'web:form.too-long', values: { maximum: max } });
    value[name] = cleaned;
  }
  if (errors.length > 0) return { ok: false, values: given, errors };
  return { ok: true, value: value as Record<Name, string> };
}

/** One of a fixed list (radio buttons, a select). */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T, missing: string) {
  return z.enum(values, missing);
}

/** A box that must be ticked. */
export function ticked(missing: string) {
  return z.literal('yes', missing);
}

/** A box that may be ticked: true or false. */
export function tickable() {
  return z
    .literal('yes', 'web:form.invalid')
    .optional()
    .transform((value) => value === 'yes');
}

function keepTexts(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  if (Object.values(body).every((value) => typeof value === 'string')) return body as Record<string, string>;
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function describeIssue(issue: z.core.$ZodIssue): FormError {
  if (issue.code === 'unrecognized_keys') return { field: '', message: 'web:form.unexpected' };
  const field = String(issue.path[0] ?? '');
  const message = /^[\w-]+:[\w.-]+$/.test(issue.message) ? issue.message : 'web:form.invalid';
  if (issue.code === 'too_big') return { field, message, values: { maximum: Number(issue.maximum) } };
  if (issue.code === 'too_small') return { field, message, values: { minimum: Number(issue.minimum) } };
  return { field, message };
}
