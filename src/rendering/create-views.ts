import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { compileTemplate, type Root, type Template } from './compile-template.ts';
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

/**
 * Compiles everything under templates/{pages,layouts,partials,mails} and reads templates/locales, once.
 * Nothing is compiled afterwards (security S-51).
 */
export function createViews(templatesDir: string): Views {
  const catalogues = loadCatalogues(join(templatesDir, 'locales'));
  const sources = readFolders(templatesDir);
  const pages = new Map(languages.map((language) => [language, compilePages(sources, catalogues, language)]));
  return {
    page: (name, data) => (pages.get(data.language) ?? unknown(data.language))(name, data),
    mail: writeMails(compileMails(sources, catalogues)),
    say: catalogues.say,
    catalogues,
  };
}

type Sources = Readonly<Record<'partials' | 'layouts' | 'pages' | 'mails', readonly Source[]>>;
type Source = readonly [name: string, text: string];

// For each language templates of its own, with the words of that language written in.
function compilePages(sources: Sources, catalogues: Catalogues, language: Language) {
  const { partials, compile } = createCompiler(catalogues, language);
  for (const [name, source] of sources.partials) partials.set(name, compile(source, name));
  for (const [name, source] of sources.layouts) partials.set(`layouts/${name}`, compile(source, name));
  const pages = new Map(sources.pages.map(([name, source]) => [name, compile(source, name)]));
  return (name: string, data: PageData) => render(get(pages, name), data);
}

function compileMails(sources: Sources, catalogues: Catalogues): ReadonlyMap<string, Template> {
  const { partials, compile } = createCompiler(catalogues, null);
  for (const [name, source] of sources.partials) partials.set(name, compile(source, name));
  return new Map(
    sources.mails.map(([name, source]) => [name, compile(source, name, !name.endsWith('.html'))]),
  );
}

function render(template: Template, data: Root): string {
  const root = { ...data };
  return template(root, root);
}

function writeMails(mails: ReadonlyMap<string, Template>): Views['mail'] {
  return (name, language, data) => {
    const part = (kind: string) => render(get(mails, `${name}.${kind}`), { ...data, language });
    const subject = part('subject').trim();
    if (/[\r\n]/.test(subject)) throw new Error(`the subject of mail "${name}" has more than one line`);
    return { subject, text: part('text'), html: part('html') };
  };
}

function get(templates: ReadonlyMap<string, Template>, name: string): Template {
  const template = templates.get(name);
  if (!template) throw new Error(`no template "${name}"`);
  return template;
}

function createCompiler(catalogues: Catalogues, language: Language | null) {
  const helpers = createHelpers(catalogues);
  const partials = new Map<string, Template>();
  /** `plain` is for the text and subject of mails only, where nothing is HTML. */
  const compile = (source: string, name: string, plain = false): Template => {
    try {
      const program = language ? writeInWords(source, language, catalogues.say) : Handlebars.parse(source);
      const print = plain ? printPlain : printEscaped;
      return compileTemplate(program, { helpers, partials, print });
    } catch (error) {
      throw new Error(`template ${name}: ${error instanceof Error ? error.message : 'unreadable'}`);
    }
  };
  return { partials, compile };
}

// Escapes whatever is not HTML of our helpers' making, a number too.
const printEscaped = Handlebars.escapeExpression as (value: unknown) => string;

function printPlain(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
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
