import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { composeLetter } from '../../src/letters/compose/compose-letter.ts';
import { drawLetter } from '../../src/letters/journey/make-document.ts';
import { createTypesetter, type Typesetter } from '../../src/rendering/typeset.ts';
import { compareHere, report } from './compare.ts';
import { someCases } from './many-letters.ts';
import { root } from './prepare.ts';

const promised = { atLeast: 0.8 };
const times = 20;
const warmUp = 2;

/** A letter as PDF, by the bare typesetter on the same page. */
export async function benchPdf(): Promise<boolean> {
  console.log('a letter as PDF, by the bare typesetter on the same page');
  const typesetter = createTypesetter(join(root, 'templates'));
  const campaign = loadCampaign(join(root, 'templates'));
  const letters = someCases(campaign, 40).map((letterCase) => composeLetter(campaign, letterCase));
  const pages = letters.map((letter) => pageOf(typesetter, letter));
  const bare = bareTypesetter();
  let turn = 0;
  const result = await compareHere(
    () => bare(pages[turn++ % pages.length] ?? ''),
    () => void drawLetter(typesetter, letters[turn++ % letters.length] ?? (letters[0] as never)),
    times,
    warmUp,
  );
  return report('to New Zealand, A4', result, promised);
}

type Letter = Parameters<typeof drawLetter>[1];

/** What the typesetter is handed for a letter, in the size that fits. */
function pageOf(typesetter: Typesetter, letter: Letter): string {
  let page = '';
  const listening: Typesetter = {
    ...typesetter,
    pdf(name, data, sizes) {
      const fitting = sizes.find((size) => pagesOf(typesetter.pdf(name, data, [size])) === 1) ?? sizes.at(-1);
      page = JSON.stringify({ ...data, fonts: ['Noto Serif', 'Noto Sans Khmer'], size: fitting });
      return Buffer.alloc(0);
    },
  };
  drawLetter(listening, letter);
  return page;
}

function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

function bareTypesetter(): (page: string) => void {
  const require = createRequire(import.meta.url);
  const fontBlobs = [
    '@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf',
    '@expo-google-fonts/noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf',
    '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
  ].map((file) => readFileSync(require.resolve(file)));
  const workspace = join(root, 'templates', 'documents');
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
  const source = readFileSync(join(workspace, 'letter.typ'), 'utf8');
  return (page) => {
    const { result } = compiler.compile({ mainFileContent: source, inputs: { letter: page } });
    if (!result) throw new Error('the page could not be set');
    compiler.pdf(result);
    compiler.evictCache(0);
  };
}
