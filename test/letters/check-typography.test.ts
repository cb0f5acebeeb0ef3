import { describe, expect, it } from 'vitest';
import { checkTypography } from '../../src/letters/compose/check-typography.ts';

const faultsIn = (language: string, text: string) =>
  checkTypography(language, [text]).map(({ detail }) => detail.split(':')[0]);

describe('what is set wrongly is found', () => {
  it.each([
    ['en', 'Two  spaces.'],
    ['en', "It's straight."],
    ['en', 'A dash - like this.'],
    ['en', 'Wait...'],
    ['en', 'A «quotation» of elsewhere.'],
    ['fr', 'Une question ?'],
    ['fr', 'Objet : visas'],
    ['fr', '«Sans espaces»'],
    ['fr', '« Espace ordinaire »'],
    ['fr', '“Guillemets anglais”'],
    ['de', 'Er sagte ”nein”.'],
    ['de', 'Er sagte „nein”.'],
    ['de', '«Guillemets»'],
    ['de-CH', 'Die Größe.'],
    ['de-CH', '„nein“'],
    ['de-CH', '« nein »'],
    ['it', 'Una domanda ?'],
    ['sv', 'Han sade “nej”.'],
    ['nb', 'Han sa “nei”.'],
    ['ja', 'お願いします.'],
    ['ja', 'ご返事を,お待ちします。'],
    ['ja', 'お願い いたします。'],
    ['ja', '“法律”'],
    ['ja', 'ｶﾝﾎﾞｼﾞｱ'],
    ['ko', '감사합니다。'],
    ['ko', '감사합니다 .'],
  ])('in %s: %s', (language, text) => {
    expect(faultsIn(language, text)).not.toEqual([]);
  });
});

describe('what is set well is not', () => {
  it.each([
    ['en', 'It’s a “quotation” – and a dash.'],
    ['fr', 'Objet\u00a0: une «\u00a0question\u00a0»\u00a0? Oui\u202f!'],
    ['fr', 'Les 5\u00a0007 sièges, code postal 75011.'],
    ['de', 'Er sagte: „nein“. Am 16. November 2017.'],
    ['de-CH', 'Er sagte: «nein». Die Grösse.'],
    ['it', 'Il 3 settembre 2017 disse: «no».'],
    ['sv', 'Han sade ”nej”.'],
    ['ja', '2017年11月16日、CNRPは「解散」させられました。5,007議席。'],
    ['ja', 'North Example, Marlow Bayの有権者です。'],
    ['ko', '2017년 11월 16일, ‘해산’되었습니다.'],
  ])('in %s: %s', (language, text) => {
    expect(faultsIn(language, text)).toEqual([]);
  });
});
