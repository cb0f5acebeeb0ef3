import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { findForbidden } from '../../src/letters/compose/check-letter.ts';

const campaign = loadCampaign('templates');
const letterLanguages = [...campaign.letters.keys()];

/** Entries of one trap bear its name, with the language at the end where its words stand apart. */
function trapOf(id: string): string {
  return id.replace(/-(?:german|dutch|swedish|japanese|korean|nordic)$/, '');
}

const traps = new Set(campaign.forbidden.map(({ id }) => trapOf(id)));

function trapsIn(language: string): Set<string> {
  const claims = campaign.forbidden.filter(({ languages }) => languages.includes(language));
  return new Set(claims.map(({ id }) => trapOf(id)));
}

it('has letter languages and traps to compare', () => {
  expect(letterLanguages.length).toBeGreaterThanOrEqual(13);
  expect(traps.size).toBeGreaterThanOrEqual(33);
});

it.each(letterLanguages)('every trap is set in %s', (language) => {
  const set = trapsIn(language);
  expect([...traps].filter((trap) => !set.has(trap))).toEqual([]);
});

describe('a claim is found in each language', () => {
  it.each<[string, string, string]>([
    ['ppp', 'sv', 'Partiet PPP vann alla mandat.'],
    ['ppp', 'nb', 'Partiet PPP vant.'],
    ['ppp', 'da', 'Partiet PPP vandt.'],
    ['ppp', 'ja', '与党PPPが勝ちました。'],
    ['asean-mp', 'fr', 'Hong Lim, député australien, était présent.'],
    ['asean-mp', 'de', 'Hong Lim, ein australischer Abgeordneter, war dabei.'],
    ['asean-mp', 'de-CH', 'Hong Lim, ein australischer Abgeordneter, war dabei.'],
    ['asean-mp', 'it', 'Hong Lim, deputato australiano, era presente.'],
    ['asean-mp', 'nl', 'Hong Lim, lid van het Australische parlement, was erbij.'],
    ['asean-mp', 'sv', 'Hong Lim, australisk parlamentsledamot, var där.'],
    ['asean-mp', 'nb', 'Hong Lim, medlem av Australias parlament, var der.'],
    ['asean-mp', 'da', 'Hong Lim, medlem af Australiens parlament, var der.'],
    ['asean-mp', 'ja', 'オーストラリアの国会議員ホン・リム氏が話しました。'],
    ['asean-mp', 'ko', '호주 국회의원인 홍 림 의원이 말했습니다.'],
    ['nz-quota', 'fr', 'Elle accueille 1\u00a0500 réfugiés.'],
    ['nz-quota', 'de', 'Es nimmt 1500 Flüchtlinge auf.'],
    ['nz-quota', 'it', 'Accoglie 1.500 rifugiati.'],
    ['nz-quota', 'nl', 'Het neemt 1.500 vluchtelingen op.'],
    ['nz-quota', 'sv', 'Landet tar emot 1\u00a0500 flyktingar.'],
    ['nz-quota', 'nb', 'Landet tar imot 1500 flyktninger.'],
    ['nz-quota', 'da', 'Landet tager imod 1.500 flygtninge.'],
    ['nz-quota', 'ja', '1500人の難民を受け入れています。'],
    ['nz-quota', 'ko', '난민 1,500명을 받아들입니다.'],
    ['young-cambodians', 'ja', '国民の70パーセントは30歳未満です。'],
    ['farmers-85', 'ja', '国民の85パーセントが農業で暮らしています。'],
    ['mu-sochua-passport', 'ja', 'ムー・ソクア氏はアメリカの旅券を持っています。'],
    ['eu-regime-expired', 'ja', '欧州連合の制度は2026年12月8日まで有効です。'],
    ['eu-regime-expired', 'ko', '유럽연합의 제도는 2026년 12월 8일까지 유효합니다.'],
  ])('%s in %s: %s', (trap, language, text) => {
    const about = { language, ask: 'visa-sanctions', place: 'NZ', date: '2026-12-09' } as const;
    expect(findForbidden(campaign, about, [text]).map(({ rule }) => trapOf(rule))).toContain(trap);
  });
});
