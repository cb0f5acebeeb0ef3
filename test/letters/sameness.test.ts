import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOwnWords, likeness, likenessToNearest } from '../../src/letters/compose/sameness.ts';
import { measureSameness } from '../../src/letters/compose/sameness-with-office.ts';
import { presentSameness } from '../../src/letters/journey/present-sameness.ts';

const key = Buffer.alloc(32, 7);
const print = (text: string) => fingerprintOwnWords(text, key);
const alike = (mine: string, other: string) => likeness(print(mine), print(other));

const story =
  'I came to this city with my mother in 1983, after four years in a camp on the border. We had nothing but a pot and two blankets. People here were kind to us. In 2013 I went back to watch the vote, and old women danced in the street because they thought that their children would choose freely. I still hear that music when I vote here.';
const other =
  'My shop closes at nine, and then I listen to the radio from home with my sons. They ask what a court is for when it can forbid a party that millions of people voted for. I teach them that here a judge would never do that, and I would like to keep believing it.';
const swap = (text: string, every: number) =>
  text
    .split(' ')
    .map((word, place) => (place % every === every - 1 ? 'changed' : word))
    .join(' ');

describe('own words', () => {
  it('are wholly alike with themselves, and hardly with another story', () => {
    expect(alike(story, story)).toBe(100);
    expect(alike(story, other)).toBe(0);
  });

  it.each<[string, (text: string) => string]>([
    ['case', (text) => text.toUpperCase()],
    ['accents', (text) => text.replace(/e/g, 'é').normalize('NFD')],
    ['punctuation', (text) => text.replace(/[.,]/g, ' !! ')],
    ['line ends', (text) => text.replace(/ /g, '\r\n')],
    ['zero-width joiners', (text) => text.replace(/a/g, 'a\u200d')],
    ['soft hyphens', (text) => text.replace(/o/g, 'o\u00ad')],
    [
      'Cyrillic look-alikes',
      (text) => text.replace(/a/g, 'а').replace(/o/g, 'о').replace(/e/g, 'е').replace(/c/g, 'с'),
    ],
    [
      'full-width letters',
      (text) =>
        text.replace(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    ],
  ])('are not made different by %s', (_, change) => {
    expect(alike(change(story), story)).toBe(100);
  });

  it('are alike by the share of words they have in common', () => {
    const half = `${story.split(' ').slice(0, 33).join(' ')} ${other.split(' ').slice(0, 33).join(' ')}`;
    expect(alike(half, story)).toBeGreaterThan(38);
    expect(alike(half, story)).toBeLessThan(62);
    expect(alike(swap(story, 20), story)).toBeGreaterThan(65);
    expect(alike(swap(story, 20), story)).toBeLessThan(96);
    expect(alike(swap(story, 3), story)).toBe(0);
  });

  it('are alike wherever in the letter they stand', () => {
    expect(alike(story, `${other} ${story}`)).toBeGreaterThan(90);
  });

  it('in Khmer are told apart, and recognized with and without word spaces', () => {
    const one = 'ខ្ញុំ​បាន​មក​រស់​នៅ​ប្រទេស​នេះ​ជាមួយ​ម្តាយ​របស់​ខ្ញុំ​តាំង​ពី​ឆ្នាំ​១៩៨៣​មក​ម្ល៉េះ';
    const two = 'កូន​ប្រុស​របស់​ខ្ញុំ​សួរ​ថា​ហេតុ​អ្វី​បាន​ជា​តុលាការ​អាច​រំលាយ​គណបក្ស​មួយ​បាន';
    expect(alike(one, one.replaceAll('\u200b', ''))).toBe(100);
    expect(alike(one, two)).toBeLessThan(10);
  });

  it('of a few words are compared as a whole', () => {
    expect(alike('Thank you all', 'thank YOU, all!')).toBe(100);
    expect(alike('Thank you all', 'Thank you both')).toBe(0);
    expect(likeness(print(''), print(story))).toBe(0);
    expect(print('')).toEqual([]);
  });
});

describe('fingerprints', () => {
  it('tell nothing without the key', () => {
    const another = fingerprintOwnWords(story, randomBytes(32));
    expect(likeness(another, print(story))).toBe(0);
  });

  it('are whole numbers that survive JSON, fewer than the words', () => {
    const made = print(story);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    for (const entry of made) expect(Number.isSafeInteger(entry)).toBe(true);
    expect(made.length).toBeLessThan(story.split(' ').length * 0.75);
  });

  it('notice any stretch of seven words that two texts share', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 7, maxLength: 7 }),
        fc.array(word, { maxLength: 30 }),
        fc.array(word, { maxLength: 30 }),
        (shared, before, after) => {
          const one = [...before, ...shared, 'x1', 'x2'].join(' ');
          const two = ['y1', 'y2', ...shared, ...after].join(' ');
          expect(alike(one, two)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are made within 50 ms of any input a form lets through', () => {
    for (const text of [
      'a'.repeat(200_000),
      'a '.repeat(100_000),
      `${'\u0301'.repeat(200_000)}`,
      'ក'.repeat(20_000),
    ]) {
      const times = Array.from({ length: 4 }, () => {
        const start = performance.now();
        print(text);
        return performance.now() - start;
      });
      expect(Math.min(...times)).toBeLessThan(50);
    }
  });
});

describe('likeness to the nearest letter', () => {
  const mine = {
    phrasings: new Map([
      ['a', { index: 0, words: 40 }],
      ['b', { index: 1, words: 60 }],
      ['c', { index: 2, words: 50 }],
    ]),
    own: print(story),
    ownWords: 66,
  };

  it('is that of the nearest, over all words', () => {
    const far = { phrasings: { a: 1 }, own: print(other) };
    const near = { phrasings: { a: 0, b: 1 }, own: print(other) };
    expect(likenessToNearest(mine, [])).toBe(0);
    expect(likenessToNearest(mine, [far])).toBe(0);
    expect(likenessToNearest(mine, [far, near])).toBe(Math.round((100 * 100) / 216));
  });

  it('tells nothing of a guess that is less than half of the own words', () => {
    const words = story.split(' ');
    const guess = (count: number) =>
      [...words.slice(0, count), ...other.split(' ').slice(0, 40 - count)].join(' ');
    const earlier = [{ phrasings: {}, own: print(story) }];
    const told = (text: string) =>
      likenessToNearest(
        { phrasings: new Map([['a', { index: 0, words: 160 }]]), own: print(text), ownWords: 40 },
        earlier,
      );
    for (const count of [0, 5, 9, 12, 17]) expect(told(guess(count))).toBe(0);
    expect(told(guess(32))).toBeGreaterThan(50);
  });

  it('does not take a guess of five words for a letter when it is written over and over', () => {
    const guess = `${story.split(' ').slice(0, 5).join(' ')} `.repeat(4).trim();
    expect(alike(guess, story)).toBeLessThan(50);
    expect(alike(guess, guess)).toBe(100);
  });

  it('is that of the own words by themselves where these are copied', () => {
    expect(likenessToNearest(mine, [{ phrasings: {}, own: print(story) }])).toBe(100);
  });
});

describe('what the writer is shown of it', () => {
  const show = (number: number | null) => {
    const { none, number: shown, band } = presentSameness({ ownWords: 40, toolWords: 160 }, { number });
    return { none, shown, band };
  };

  it('is nothing while the office has had fewer than five letters', () => {
    const copied = { phrasings: {}, facts: [], own: print(story) };
    const choices = { version: '', order: '', phrasings: {}, facts: [] };
    const letter = { paragraphs: [], choices, ownWords: 60 };
    const shown = [0, 1, 4, 5].map((letters) =>
      measureSameness(letter, print(story), new Array(letters).fill(copied)),
    );
    expect(shown.map(({ number }) => number)).toEqual([null, null, null, 100]);
    expect(show(null).none).toBe(true);
    expect(show(100).none).toBe(false);
  });

  it('is a number in whole tens, in the band of the exact one', () => {
    const shown = [0, 9, 31, 38, 49, 50, 89, 90, 99, 100].map((number) => {
      const { shown: tens, band } = show(number);
      return [tens, band];
    });
    expect(shown).toEqual([
      [0, 'good'],
      [0, 'good'],
      [30, 'good'],
      [30, 'good'],
      [40, 'good'],
      [50, 'middle'],
      [80, 'middle'],
      [90, 'joint'],
      [90, 'joint'],
      [100, 'joint'],
    ]);
  });
});
