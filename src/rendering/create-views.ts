import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { type CallTemplate, createTemplateCaller } from './call-template.ts';
import { createHelpers } from './create-helpers.ts';
import type { Language } from './languages.ts';
import { type Catalogues, loadCatalogues } from './load-catalogues.ts';

/** What a template sees: always a fresh object with the reader's language, never a request's body as it came. */
type PageData = { readonly language: Language; readonly [name: string]: unknown };

type Mail = { readonly subject: string; readonly text: string; readonly html: string };

export type Views = {
  /** A page of templates/pages/<name>.hbs as HTML. Throws on an unknown page, field, key or partial. */
  page(name: string, data: PageData): string;
  /**
   * A mail of templates/mails/<name>.{subject,text,html}.hbs. The subject is one line. One in a language nobody
   * reads the site in (a letter) cannot use the helpers that write words, days or numbers.
   */
  mail(name: string, language: string, data: Readonly<Record<string, unknown>>): Mail;
  /** Words of the catalogues, for what is not a template. */
  readonly say: Catalogues['say'];
  readonly catalogues: Catalogues;
};

type Engine = typeof Handlebars;
type Render = Handlebars.TemplateDelegate;

const options = { strict: true, explicitPartialContext: true, knownHelpersOnly: true } as const;

/**
 * Compiles everything under templates/{pages,layouts,partials,mails} and reads templates/locales, once.
 * Nothing is compiled afterwards (security S-51).
 */
export function createViews(templatesDir: string): Views {
  const engine = Handlebars.create();
  const catalogues = loadCatalogues(join(templatesDir, 'locales'));
  const pages = new Map<string, Render>();
  const call = createTemplateCaller(engine);
  const helpers = createHelpers(engine, catalogues, call);
  for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, helper);
  const compile = compileWith(engine, Object.keys(helpers));

  for (const [name, source] of readTemplates(join(templatesDir, 'partials'))) {
    engine.registerPartial(name, compile(source, name));
  }
  for (const [name, source] of readTemplates(join(templatesDir, 'layouts'))) {
    engine.registerPartial(`layouts/${name}`, compile(source, name));
  }
  for (const [name, source] of readTemplates(join(templatesDir, 'pages'))) {
    pages.set(name, compile(source, name));
  }
  const mails = readTemplates(join(templatesDir, 'mails')).map(
    ([name, source]) => [name, compile(source, name, !name.endsWith('.html'))] as const,
  );
  return {
    page: (name, data) => render(call, get(pages, name), data),
    mail: writeMails(call, new Map(mails)),
    say: catalogues.say,
    catalogues,
  };
}

function render(call: CallTemplate, template: Render, data: object): string {
  const root = { ...data };
  return call(template, root, { root });
}

function writeMails(call: CallTemplate, mails: ReadonlyMap<string, Render>): Views['mail'] {
  return (name, language, data) => {
    const part = (kind: string) => render(call, get(mails, `${name}.${kind}`), { ...data, language });
    const subject = part('subject').trim();
    if (/[\r\n]/.test(subject)) throw new Error(`the subject of mail "${name}" has more than one line`);
    return { subject, text: part('text'), html: part('html') };
  };
}

function get(templates: ReadonlyMap<string, Render>, name: string): Render {
  const template = templates.get(name);
  if (!template) throw new Error(`no template "${name}"`);
  return template;
}

/** `plain` is for the text and subject of mails only, where nothing is HTML. */
function compileWith(engine: Engine, helperNames: readonly string[]) {
  const knownHelpers = Object.fromEntries(helperNames.map((name) => [name, true]));
  return (source: string, name: string, plain = false): Render => {
    try {
      const code = engine.precompile(source, { ...options, knownHelpers, noEscape: plain });
      return engine.template(runInThisContext(`(${code})`, { filename: `${name}.hbs` }));
    } catch (error) {
      throw new Error(`template ${name}: ${error instanceof Error ? error.message : 'unreadable'}`);
    }
  };
}

function readTemplates(folder: string): [name: string, source: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'))
    .sort()
    .map((file) => [
      file.slice(0, -'.hbs'.length).replaceAll('\\', '/'),
      readFileSync(join(folder, file), 'utf8'),
    ]);
}
