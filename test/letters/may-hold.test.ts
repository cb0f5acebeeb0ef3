import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { isDisguised, tokenize, tokenizeLoosely } from '../../src/letters/own-words/fold-words.ts';
import { markPhrases } from '../../src/letters/own-words/match-phrases.ts';
import { mayHold } from '../../src/letters/own-words/may-hold.ts';
import { listsFor, tellingLists } from '../../src/letters/own-words/own-words-lists.ts';

const campaign = loadCampaign(join(import.meta.dirname, '..', '..', 'templates'));

const fillers = [
  ...['I', 'my', 'don’t', "won't", 'l’aide', '12', 'là-bas', 'Müller', 'œuvre', 'bus', 'a', 'the', 'k1ll'],
  ...['\u200b', 'ស្រុក', 'don’t’t', 'e\u0301', 'ﬁ', 'О', 'so\u00adft', "'t", 'X', '-', '.', '😀'],
];
const gaps = [' ', ' ', ' ', ', ', '. ', '; ', '\n', '\n\n', '-', '.', '’', '\u00a0', '…', ''];

describe('one look at own words', () => {
  for (const language of ['en', 'fr', 'de', 'nl', 'it'].filter((one) => campaign.ownWords.lists.has(one))) {
    const lists = listsFor(campaign.ownWords, language);
    const phrases = tellingLists.flatMap((list) => [...lists.raw(list)]);
    const ending = fc.constantFrom('', 's', 'ed', '’t', '1');
    const phrase = fc.tuple(fc.constantFrom(...phrases), ending, fc.boolean()).map(([text, end, loud]) => {
      const open = text.replaceAll('*', end);
      return loud ? open.toUpperCase() : open;
    });
    const word = fc.oneof(fc.constantFrom(...fillers), phrase, fc.string({ maxLength: 6, unit: 'binary' }));
    const text = fc
      .array(fc.tuple(word, fc.constantFrom(...gaps)), { maxLength: 12 })
      .map((parts) => parts.flat().join(''));

    const holds = (sentences: ReturnType<typeof tokenize>) => {
      const { lists: found } = markPhrases(sentences, lists.index);
      return tellingLists.some((list) => found.has(list));
    };

    it(`misses no phrase that a closer one would find (${language})`, () => {
      fc.assert(
        fc.property(text, (given) => {
          if (holds(tokenize(given))) expect(mayHold(given, lists.signs), given).toBe(true);
          if (holds(tokenizeLoosely(given))) expect(mayHold(given, lists.signs, true), given).toBe(true);
        }),
        { numRuns: 2_000 },
      );
    });

    it(`knows every phrase of every list (${language})`, () => {
      for (const one of phrases) {
        const plain = `Yesterday ${one.replaceAll('*', 'x')} today`;
        if (holds(tokenize(plain))) expect(mayHold(plain, lists.signs), plain).toBe(true);
      }
    });
  }

  it('lets plain sentences pass', () => {
    const { signs } = listsFor(campaign.ownWords, 'en');
    expect(mayHold('I drive the early bus, and I don’t mind. We meet on Sundays!', signs)).toBe(false);
    expect(mayHold('They killed him.', signs)).toBe(true);
  });

  it('sees a disguise where letters, marks and digits stand together', () => {
    const before = /[;\n]|\p{L}[-.‐‑·]\p{L}|\p{L}\d|\d\p{L}/u;
    const unit = fc.constantFrom('a', 'é', '1', '-', '.', '·', ' ', ';', '\n', 'ក', '😀', '\u{10400}');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (given) => {
        expect(isDisguised(given), given).toBe(before.test(given));
      }),
      { numRuns: 5_000 },
    );
  });
});
