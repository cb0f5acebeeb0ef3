import { benchByCountry } from './by-country.ts';
import { benchCompose } from './compose.ts';
import { benchLetters } from './letters.ts';
import { benchPdf } from './pdf.ts';
import { benchSubmit } from './submit.ts';

/** `npm run bench [-- compose | submit | letters | pdf | by-country]`. Exit code 0: every promise kept, 1: one missed, 2: wrong use. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<boolean>>> = {
  compose: benchCompose,
  submit: benchSubmit,
  letters: benchLetters,
  pdf: benchPdf,
  'by-country': benchByCountry,
};

const [name, ...args] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(benches) : [benches[name]];
if (chosen.some((bench) => bench === undefined)) {
  console.error(`usage: npm run bench [-- ${Object.keys(benches).join(' | ')}]`);
  process.exitCode = 2;
} else {
  let kept = true;
  for (const bench of chosen) kept = (await bench?.(args)) === true && kept;
  process.exitCode = kept ? 0 : 1;
}
