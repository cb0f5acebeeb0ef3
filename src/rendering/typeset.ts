import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Draws documents as PDF from the Typst files of templates/documents. */
export type Typesetter = {
  /**
   * @param name file name without ending. @param data values the document reads, as JSON: never markup.
   * @returns the bytes of the PDF, without author, host or time in it.
   */
  pdf(name: string, data: Readonly<Record<string, unknown>>): Buffer;
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
    pdf(name, data) {
      compiler ??= createCompiler(documents);
      return typeset(compiler, readFileSync(join(documents, `${name}.typ`), 'utf8'), data);
    },
  };
}

function createCompiler(workspace: string): NodeCompiler {
  const require = createRequire(import.meta.url);
  const fontBlobs = fontFiles.map((file) => readFileSync(require.resolve(file)));
  return NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
}

function typeset(compiler: NodeCompiler, source: string, data: Readonly<Record<string, unknown>>): Buffer {
  const result = compiler.compile({ mainFileContent: source, inputs: { letter: JSON.stringify(data) } });
  const document = result.result;
  if (!document) {
    const diagnostics = result.takeDiagnostics();
    const first = diagnostics && compiler.fetchDiagnostics(diagnostics)[0];
    throw new Error(`the document could not be set: ${first?.message ?? 'unknown'}`);
  }
  const pdf = compiler.pdf(document);
  // Without this the memory grows with every letter.
  compiler.evictCache(0);
  return pdf;
}
