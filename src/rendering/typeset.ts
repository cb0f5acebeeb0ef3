import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';

/** Draws documents as PDF from the Typst files of templates/documents. */
export type Typesetter = {
  /**
   * @param name file name without ending. @param data values the document reads, as JSON: never markup.
   * @param sizes sizes of the text in points; the first that keeps the document on one page is taken, else the last.
   * @returns the bytes of the PDF, without author, host or time in it.
   */
  pdf(name: string, data: Readonly<Record<string, unknown>>, sizes: readonly number[]): Buffer;
};

const fontFiles = [
  '@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf',
  '@expo-google-fonts/noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
];

/** @param templates the templates folder. The compiler, which takes a moment, is made at the first document. */
export function createTypesetter(templates: string): Typesetter {
  const documents = join(templates, 'documents');
  let compiler: NodeCompiler | null = null;
  return {
    pdf(name, data, sizes) {
      compiler ??= createCompiler(documents);
      return typeset(compiler, readFileSync(join(documents, `${name}.typ`), 'utf8'), data, sizes);
    },
  };
}

function createCompiler(workspace: string): NodeCompiler {
  const require = createRequire(import.meta.url);
  const fontBlobs = fontFiles.map((file) => readFileSync(require.resolve(file)));
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
