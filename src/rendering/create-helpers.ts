import Handlebars from 'handlebars';
import { chips } from './chips.ts';
import type { Helper, HelperOptions, Root } from './compile-template.ts';
import { escapeHtml } from './escape-html.ts';
import { isLanguage, type Language } from './languages.ts';
import type { Catalogues, Values } from './load-catalogues.ts';
import { writeDay, writeMoment } from './write-dates.ts';
import { writeNumber } from './write-numbers.ts';

/** The page's own fields that helpers look at. */
type PageRoot = Root & {
  readonly language?: unknown;
  readonly form?: Form;
  readonly site?: { readonly files: Readonly<Record<string, string>> };
};
type Options = HelperOptions & { readonly root: PageRoot };
type Helpers = Record<string, Helper>;

/** A text in several languages, as playbooks hold it. */
type Texts = Readonly<Partial<Record<Language, string>>>;

/** What a form that came back carries; see readForm in src/web/forms.ts. */
type Form = {
  readonly values?: Readonly<Record<string, string>>;
  readonly errors?: readonly { field: string; message: string; values?: Values }[];
};

type Step = { readonly label: string; readonly current?: boolean };

/** Every helper that templates may use. */
export function createHelpers(catalogues: Catalogues): Helpers {
  return { ...wordHelpers(catalogues), ...addressHelpers(), ...formHelpers(catalogues), ...smallHelpers() };
}

function html(text: string): Handlebars.SafeString {
  return new Handlebars.SafeString(text);
}

const noAttribute = html('');

function wordHelpers(catalogues: Catalogues): Helpers {
  return {
    /** {{t 'room:key' name=value}} or {{t 'room:key' values}}: words of the reader's language; lng='en' for another. */
    t: (key: string, ...rest: unknown[]) => {
      const { values, language } = wordArguments(rest);
      return catalogues.say(language, key, values);
    },
    /** {{rich 'room:key' link=(path '/x')}}: the same with **bold** and [text](link), as HTML. */
    rich: (key: string, ...rest: unknown[]) => {
      const { values, language } = wordArguments(rest);
      return html(
        catalogues.sayRich(language, key, values, (name) => checkedAddress(String(values[name] ?? ''))),
      );
    },
    /** {{say place.name}}: the reader's text of an {en, fr, km} object; lng='en' for another. */
    say: (texts: Texts, options: Options) => textOf(texts, languageOf(options)),
    /** Whether consent, warnings and the like still need English beside the Khmer. */
    needsBeside: (key: string | undefined, options: Options) =>
      languageOf(options) === 'km' && !(key && catalogues.reviewedOn(key)),
    day: (day: string, options: Options) => writeDay(day, languageOf(options)),
    moment: (ms: number, options: Options) =>
      writeMoment(ms, languageOf(options), options.hash['zone'] as string | undefined),
    number: (value: number, options: Options) => writeNumber(value, languageOf(options)),
    /** lang attribute where the text is of another language than the page: <p{{lang 'en'}}>. */
    lang: (language: string, options: Options) =>
      language === options.root.language ? noAttribute : html(` lang="${escapeHtml(language)}"`),
  };
}

function addressHelpers(): Helpers {
  return {
    /** {{path '/nz' '/write'}}: an address of our own in the reader's language. */
    path: (...parts: unknown[]) => {
      const options = parts.pop() as Options;
      return checkedAddress(`/${languageOf(options)}${parts.join('')}`.replace(/\/$/, ''));
    },
    /** {{href url}}: an address from data: https, mailto, tel or our own; anything else throws. */
    href: (address: string) => checkedAddress(address),
    /** {{file 'components.css'}}: the address of a public file, with its content hash. */
    file: (name: string, options: Options) => {
      const address = options.root.site?.files[name];
      if (!address) throw new Error(`no public file "${name}"`);
      return address;
    },
  };
}

function formHelpers(catalogues: Catalogues): Helpers {
  return {
    /** What the person had put into a field, else `or`. */
    valueOf: (name: string, options: Options) => formOf(options).values?.[name] ?? options.hash['or'] ?? '',
    /** The sentence of the error at a field, or nothing. */
    errorOf: (name: string, options: Options) => {
      const error = formOf(options).errors?.find(({ field }) => field === name);
      return error ? catalogues.say(languageOf(options), error.message, error.values) : '';
    },
    /** Whether a radio button or box is chosen: by the form that came back, else by `or`. */
    chosen: (name: string, value: string, options: Options) => {
      const { values } = formOf(options);
      return values ? values[name] === value : options.hash['or'] === true || options.hash['or'] === value;
    },
    /** "Three things to put right": in words up to nine. */
    errorCount: (options: Options) => {
      const count = formOf(options).errors?.length ?? 0;
      return catalogues.say(languageOf(options), `web:form.count.${count <= 9 ? count : 'many'}`, { count });
    },
    hasErrors: (options: Options) => (formOf(options).errors?.length ?? 0) > 0,
    /** aria-describedby (and aria-invalid) of a field, from the parts that are there. */
    described: (name: string, options: Options) => {
      const bad = formOf(options).errors?.some(({ field }) => field === name);
      const { hint, limit, after, by } = options.hash;
      const ids = [hint && `${name}-h`, limit && `${name}-l`, bad && `${name}-e`, after && `${name}-n`, by];
      const present = ids.filter(Boolean).join(' ');
      const describedBy = present ? ` aria-describedby="${escapeHtml(present)}"` : '';
      return html((bad ? ' aria-invalid="true"' : '') + describedBy);
    },
  };
}

function smallHelpers(): Helpers {
  return {
    eq: (one: unknown, other: unknown) => one === other,
    not: (value: unknown) => !value,
    and: (...values: unknown[]) => values.slice(0, -1).every(Boolean),
    or: (...values: unknown[]) => values.slice(0, -1).find(Boolean) ?? '',
    plus: (one: number, other: number) => one + other,
    join: (...parts: unknown[]) => parts.slice(0, -1).join(''),
    lower: (text: string) => text.toLowerCase(),
    lines: (text: string) => text.split('\n'),
    list: (...values: unknown[]) => values.slice(0, -1),
    object: (options: Options) => ({ ...options.hash }),
    /** The mark and tint of a chip, by its id; throws on an id that is not of the vocabulary. */
    chipOf: (state: string) => {
      const chip = chips[state];
      if (!chip) throw new Error(`no chip "${state}"`);
      return chip;
    },
    /** Where a person is in a list of steps: {at, of, now, next}. */
    stepAt: (steps: readonly Step[]) => {
      const at = steps.findIndex(({ current }) => current);
      return { at: at + 1, of: steps.length, now: steps[at]?.label, next: steps[at + 1]?.label };
    },
    fail: (message: string) => {
      throw new Error(message);
    },
    /** Newlines as <br>, everything else escaped. */
    broken: (text: string) => html(escapeHtml(text).replaceAll('\n', '<br>')),
  };
}

function wordArguments(rest: unknown[]): { values: Values; language: Language } {
  const options = rest.pop() as Options;
  const values = { ...(rest[0] as Values | undefined), ...options.hash };
  return { values, language: languageOf(options) };
}

function languageOf(options: Options): Language {
  const language = (options.hash['lng'] ?? options.root.language) as string | undefined;
  if (!isLanguage(language)) throw new Error('a page needs its language');
  return language;
}

function formOf(options: Options): Form {
  return options.root.form ?? {};
}

function textOf(texts: Texts, language: Language): string {
  const text = texts[language];
  if (text === undefined) throw new Error(`a text is missing in ${language}`);
  return text;
}

/** Our own paths, https, mailto and tel, and this machine in development; so that no data can become a script (security S-51). */
function checkedAddress(address: string): string {
  if (
    /^(?:https:\/\/[^\s]+|http:\/\/localhost:\d+\/[^\s]*|mailto:[^\s]+|tel:[+\d]+|#[\w-]+|\/|\/[^/\\][^\\]*)$/.test(
      address,
    )
  )
    return address;
  throw new Error('an address that is neither ours nor https, mailto or tel');
}
