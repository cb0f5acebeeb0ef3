import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Layout, layouts } from '../../src/campaign/layouts.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { type ComposedLetter, composeLetter } from '../../src/letters/compose/compose-letter.ts';
import { readLetterCase } from '../../src/letters/compose/letter-case.ts';
import { canDraw, drawLetter } from '../../src/letters/journey/make-document.ts';
import { createTypesetter } from '../../src/rendering/typeset.ts';

const campaign = loadCampaign('templates');
const typesetter = createTypesetter('templates');
const folder = mkdtempSync(join(tmpdir(), 'letters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ownWords =
  'I left when I was nine and I still hear the names that were read out: ស្ត្រី, កម្ពុជា, សិទ្ធិមនុស្ស. I write because others cannot.';

// Every place with letters in English, French or German, whatever else there is, in every layout.
function letterIn(layout: Layout, language = 'en'): ComposedLetter {
  const result = readLetterCase(
    campaign,
    {
      country: language === 'fr' ? 'FR' : language === 'de' ? 'DE' : 'NZ',
      ask: 'asylum',
      seed: 5,
      date: '2026-11-23',
      writer: { name: 'Maly Sample', address: ['12 Example Street', '34117 Kassel'] },
      representative: { name: 'Jo Bright', gender: 'f', constituency: 'Mana' },
      ownWords,
    },
    0,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return { ...composeLetter(campaign, result.letterCase), layout };
}

const hasReader = spawnSync('pdftotext', ['-v']).error === undefined;

function textOf(pdf: Buffer): string {
  const file = join(folder, 'letter.pdf');
  writeFileSync(file, pdf);
  return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
}

describe.each(layouts)('a letter in the layout %s', (layout) => {
  const letter = letterIn(layout);
  const pdf = drawLetter(typesetter, letter);

  it('is one page that says nothing of who made it, where or when', () => {
    const raw = pdf.toString('latin1');
    expect(raw.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(raw).not.toMatch(/\/(?:Author|CreationDate|ModDate|Producer)\b|xmp:CreateDate|dc:creator/);
    for (const word of [hostname(), userInfo().username, process.cwd()])
      if (word.length > 4) expect(raw).not.toContain(word);
  });

  it.skipIf(!hasReader)('gives its Latin text back in the order of the letter', () => {
    const text = textOf(pdf);
    const parts = [
      letter.salutation,
      ...letter.blocks.filter((block) => !block.includes('ស')),
      letter.closing,
    ];
    const places = parts.map((part) => text.indexOf(part.replace(/\s+/g, ' ')));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const line of [...letter.sender, ...letter.recipient, letter.subject]) expect(text).toContain(line);
  });
});

it.each(['fr', 'de'])('stays on one page in %s too', (language) => {
  const letter = letterIn(language === 'fr' ? 'french' : 'german', language);
  const raw = drawLetter(typesetter, letter).toString('latin1');
  expect(raw.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

it('in Japanese or Korean is drawn where the fonts are, each embedded', () => {
  for (const [language, family, text] of [
    ['ja', 'NotoSerifJP', '拝啓　カンボジアの件でお便りを差し上げます。'],
    ['ko', 'NotoSerifKR', '캄보디아 일로 편지를 드립니다.'],
  ] as const) {
    expect(canDraw(typesetter, { language })).toBe(true);
    const layout = language === 'ja' ? 'japanese' : 'korean';
    const pdf = drawLetter(typesetter, { ...letterIn(layout), language, blocks: [text] });
    expect(pdf.toString('latin1')).toContain(family);
    if (hasReader) expect(textOf(pdf).replace(/\s/g, '')).toContain(text.replace(/\s/g, ''));
  }
  expect(canDraw(typesetter, { language: 'de-CH' })).toBe(true);
});
