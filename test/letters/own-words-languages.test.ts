import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkOwnWords, checkPassage } from '../../src/letters/own-words/own-words.ts';

const campaign = loadCampaign('templates');

const stoppedBy = (language: string, text: string) =>
  checkPassage(campaign, language, text).faults.map(({ rule }) => rule);
const warnedBy = (language: string, text: string) =>
  checkPassage(campaign, language, text).warnings.map(({ rule }) => rule);

describe('a call for economic or trade sanctions is stopped', () => {
  it.each([
    ['it', 'Chiedo sanzioni economiche contro la Cambogia.'],
    ['it', 'Serve un embargo.'],
    ['nl', 'Leg economische sancties op aan Cambodja.'],
    ['nl', 'Ik vraag om een handelsboycot.'],
    ['sv', 'Inför ekonomiska sanktioner mot Kambodja.'],
    ['nb', 'Innfør økonomiske sanksjoner mot Kambodsja.'],
    ['da', 'Indfør økonomiske sanktioner mod Cambodja.'],
    ['ja', 'カンボジアに経済制裁を科してください。'],
    ['ja', '私は貿易制裁を強く求めます。'],
    ['ko', '캄보디아에 경제 제재를 가해 주십시오.'],
    ['ko', '저는 무역제재를 요구합니다.'],
    ['de-CH', 'Bitte verhängen Sie Wirtschaftssanktionen gegen Kambodscha.'],
    ['nl-BE', 'Leg economische sancties op aan Cambodja.'],
    ['it-CH', 'Chiedo sanzioni economiche contro la Cambogia.'],
  ])('in %s: %s', (language, text) => {
    expect(stoppedBy(language, text)).toContain('trade-sanctions');
  });
});

describe('what speaks against them is not', () => {
  it.each([
    ['it', 'Non chiedo sanzioni economiche.'],
    ['nl', 'Ik vraag niet om economische sancties.'],
    ['sv', 'Jag ber inte om ekonomiska sanktioner.'],
    ['nb', 'Jeg ber ikke om økonomiske sanksjoner.'],
    ['da', 'Jeg beder ikke om økonomiske sanktioner.'],
    ['ja', '経済制裁を求めているのではありません。'],
    ['ko', '저는 경제 제재를 요구하지 않습니다.'],
  ])('in %s: %s', (language, text) => {
    expect(stoppedBy(language, text)).toEqual([]);
  });
});

describe('a crime laid to a named person is stopped', () => {
  it.each([
    ['it', 'Hun Sen ha ucciso mio fratello.'],
    ['nl', 'Hun Sen heeft mijn broer vermoord.'],
    ['sv', 'Hun Sen mördade min bror.'],
    ['nb', 'Hun Sen drepte broren min.'],
    ['da', 'Hun Sen dræbte min bror.'],
    ['ja', 'フン・センは私の兄を殺した。'],
    ['ko', '훈센은 제 형을 죽였습니다.'],
  ])('in %s: %s', (language, text) => {
    expect(stoppedBy(language, text)).toContain('accusation');
  });
});

describe('a call for cutting aid is stopped', () => {
  it.each([
    ['it', 'Tagliate gli aiuti allo sviluppo alla Cambogia.'],
    ['nl', 'Stop de ontwikkelingshulp aan Cambodja.'],
    ['sv', 'Stoppa biståndet till Kambodja.'],
    ['nb', 'Stopp bistanden til Kambodsja.'],
    ['da', 'Stop udviklingsbistanden til Cambodja.'],
    ['ja', 'カンボジアへの開発援助を打ち切ってください。'],
    ['ko', '캄보디아에 대한 개발 원조를 중단해 주십시오.'],
  ])('in %s: %s', (language, text) => {
    expect(stoppedBy(language, text)).toContain('aid-cut');
  });
});

describe('a threat is stopped', () => {
  it.each([
    ['it', 'Altrimenti ve ne pentirete.'],
    ['nl', 'Anders krijgt u er spijt van.'],
    ['sv', 'Du kommer att ångra dig.'],
    ['nb', 'Du kommer til å angre.'],
    ['da', 'Du kommer til at fortryde det.'],
    ['ja', 'さもないと後悔することになります。'],
    ['ko', '그렇지 않으면 후회하게 될 것입니다.'],
  ])('in %s: %s', (language, text) => {
    expect(stoppedBy(language, text)).toContain('threat');
  });
});

describe('another script than the letter’s', () => {
  it.each([...campaign.letters.keys()])('is stopped in a letter in %s: Khmer, and Cyrillic', (language) => {
    expect(stoppedBy(language, 'ខ្ញុំស្រឡាញ់កម្ពុជា')).toContain('script');
    expect(stoppedBy(language, 'Жизнь')).toContain('script');
  });

  it('is Japanese in any but a Japanese letter, but Latin letters stand in Japanese and Korean ones', () => {
    expect(stoppedBy('fr', 'Je vous écris de 東京.')).toContain('script');
    expect(stoppedBy('ko', '저는 ひらがな')).toContain('script');
    expect(stoppedBy('ja', '私はCNRPの一員でした。')).toEqual([]);
    expect(stoppedBy('ko', '저는 CNRP 당원이었습니다.')).toEqual([]);
  });
});

describe('places in Cambodia are warned of', () => {
  it.each([
    ['it', 'Sono nato a Battambang.'],
    ['ja', '私はバッタンバン州で生まれました。'],
    ['ko', '저는 바탐방에서 태어났습니다.'],
    ['sv', 'Min mor bor i Battambang.'],
  ])('in %s: %s', (language, text) => {
    expect(warnedBy(language, text)).toContain('place-in-cambodia');
  });
});

it('own words are measured as their language counts', () => {
  const [least = 0, most = 0] = campaign.languages.get('ja')?.length.own ?? [];
  const rules = (count: number) =>
    checkOwnWords(campaign, 'ja', '山'.repeat(count)).faults.map(({ rule }) => rule);
  expect(rules(least - 1)).toContain('too-short');
  expect(rules(least)).toEqual([]);
  expect(rules(most)).toEqual([]);
  expect(rules(most + 1)).toContain('too-long');
});

it('every language has a list for each rule', () => {
  const names = Object.keys(campaign.ownWords.lists.get('en') ?? {});
  for (const [language, lists] of campaign.ownWords.lists)
    expect([
      language,
      names.filter((name) => !(name in lists) && !(name in campaign.ownWords.everywhere)),
    ]).toEqual([language, []]);
});
