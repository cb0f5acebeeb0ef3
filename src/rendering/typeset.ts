import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';

/** Draws documents as PDF from the Typst files of templates/documents. */
export type Typesetter = {
  /**
   * @param name file name without ending. @param data its `language` decides the fonts, named in `fonts`.
   * @param sizes sizes of the text in points; the first that keeps the document on one page is taken, else the last.
   * @returns the bytes of the PDF, without author, host or time in it.
   */
  pdf(name: string, data: DocumentData, sizes: readonly number[]): Buffer;
  /** Whether there are fonts for a language (two letters): those of Japanese and Korean are optional. */
  canSet(language: string): boolean;
};

/** What a document reads, as JSON: never markup. */
type DocumentData = Readonly<Record<string, unknown>> & { readonly language: string };

const fontFiles = [
  '@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf',
  '@expo-google-fonts/noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
];

/** Large fonts that an installation may leave out, by language. */
const optionalFonts: Readonly<
  Record<string, { readonly family: string; readonly files: readonly string[] }>
> = {
  ja: serifOf('JP'),
  ko: serifOf('KR'),
};

function serifOf(script: string) {
  const folder = `@expo-google-fonts/noto-serif-${script.toLowerCase()}`;
  const file = (weight: string) => `${folder}/${weight}/NotoSerif${script}_${weight}.ttf`;
  return { family: `Noto Serif ${script}`, files: [file('400Regular'), file('600SemiBold')] };
}

const require = createRequire(import.meta.url);

/** @param templates the templates folder. The compiler, which takes a moment, is made at the first document. */
export function createTypesetter(templates: string): Typesetter {
  const documents = join(templates, 'documents');
  const compilers = new Map<string, NodeCompiler>();
  const compilerFor = (language: string) => {
    const extra = optionalFonts[language];
    const key = extra ? language : '';
    const compiler = compilers.get(key) ?? createCompiler(documents, extra?.files ?? []);
    compilers.set(key, compiler);
    return compiler;
  };
  return {
    canSet: (language) => (optionalFonts[language]?.files ?? []).every(isPresent),
    pdf(name, data, sizes) {
      const extra = optionalFonts[data.language];
      const fonts = ['Noto Serif', ...(extra ? [extra.family] : []), 'Noto Sans Khmer'];
      const source = readFileSync(join(documents, `${name}.typ`), 'utf8');
      return typeset(compilerFor(data.language), source, { ...data, fonts }, sizes);
    },
  };
}

function isPresent(file: string): boolean {
  try {
    require.resolve(file);
    return true;
  } catch {
    return false;
  }
}

function createCompiler(workspace: string, optional: readonly string[]): NodeCompiler {
  const fontBlobs = [...fontFiles, ...optional].map((file) => readFileSync(require.resolve(file)));
  return NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
}

function typeset(
  compiler: NodeCompiler,
  source: string,
  data: Readonly<Record<string, unknown>>,
  sizes: readonly number[],
): Buffer {
  let document: NodeTypstDocument | null = null;
  for (const size of sizes) {
    document = compile(compiler, source, { ...data, size });
    if (document.numOfPages === 1) break;
  }
  if (!document) throw new Error('no size of text was given');
  const pdf = compiler.pdf(document);
  // Without this the memory grows with every letter.
  compiler.evictCache(0);
  return pdf;
}

function compile(
  compiler: NodeCompiler,
  source: string,
  data: Readonly<Record<string, unknown>>,
): NodeTypstDocument {
  const result = compiler.compile({ mainFileContent: source, inputs: { letter: JSON.stringify(data) } });
  if (result.result) return result.result;
  const diagnostics = result.takeDiagnostics();
  const first = diagnostics && compiler.fetchDiagnostics(diagnostics)[0];
  throw new Error(`the document could not be set: ${first?.message ?? 'unknown'}`);
}
