import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { type CallTemplate, createTemplateCaller } from './call-template.ts';
import { createHelpers } from './create-helpers.ts';
import { type Language, languages } from './languages.ts';
import { type Catalogues, loadCatalogues } from './load-catalogues.ts';
import { writeInWords } from './write-in-words.ts';

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
  const catalogues = loadCatalogues(join(templatesDir, 'locales'));
  const sources = readFolders(templatesDir);
  const pages = new Map(languages.map((language) => [language, compilePages(sources, catalogues, language)]));
  const mails = compileMails(sources, catalogues);
  return {
    page: (name, data) => (pages.get(data.language) ?? unknown(data.language))(name, data),
    mail: writeMails(mails.call, mails.templates),
    say: catalogues.say,
    catalogues,
  };
}

type Sources = Readonly<Record<'partials' | 'layouts' | 'pages' | 'mails', readonly Source[]>>;
type Source = readonly [name: string, text: string];

// For each language an engine of its own, whose templates have the words of that language written in.
function compilePages(sources: Sources, catalogues: Catalogues, language: Language) {
  const { engine, call, compile } = createEngine(catalogues, language);
  for (const [name, source] of sources.partials) engine.registerPartial(name, compile(source, name));
  for (const [name, source] of sources.layouts)
    engine.registerPartial(`layouts/${name}`, compile(source, name));
  const pages = new Map(sources.pages.map(([name, source]) => [name, compile(source, name)]));
  return (name: string, data: PageData) => render(call, get(pages, name), data);
}

function compileMails(sources: Sources, catalogues: Catalogues) {
  const { engine, call, compile } = createEngine(catalogues, null);
  for (const [name, source] of sources.partials) engine.registerPartial(name, compile(source, name));
  const templates = new Map(
    sources.mails.map(([name, source]) => [name, compile(source, name, !name.endsWith('.html'))]),
  );
  return { call, templates };
}

function createEngine(catalogues: Catalogues, language: Language | null) {
  const engine = Handlebars.create();
  const call = createTemplateCaller(engine);
  const helpers = createHelpers(engine, catalogues, call);
  for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, helper);
  return { engine, call, compile: compileWith(engine, Object.keys(helpers), catalogues, language) };
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
function compileWith(
  engine: Engine,
  helperNames: readonly string[],
  { say }: Catalogues,
  language: Language | null,
) {
  const knownHelpers = Object.fromEntries(helperNames.map((name) => [name, true]));
  return (source: string, name: string, plain = false): Render => {
    try {
      const template = language ? writeInWords(engine, source, language, say) : source;
      const code = engine.precompile(template, { ...options, knownHelpers, noEscape: plain });
      return engine.template(runInThisContext(`(${code})`, { filename: `${name}.hbs` }));
    } catch (error) {
      throw new Error(`template ${name}: ${error instanceof Error ? error.message : 'unreadable'}`);
    }
  };
}

function readFolders(templatesDir: string): Sources {
  const read = (folder: string) => readTemplates(join(templatesDir, folder));
  return { partials: read('partials'), layouts: read('layouts'), pages: read('pages'), mails: read('mails') };
}

function unknown(language: string): never {
  throw new Error(`no pages in ${language}`);
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
