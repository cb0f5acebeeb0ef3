import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkOwnWords, checkPassage } from '../../src/letters/own-words/own-words.ts';

const campaign = loadCampaign('templates');

const stoppedBy = (text: string) => checkPassage(campaign, 'de', text).faults.map(({ rule }) => rule);
const warnedBy = (text: string) => checkPassage(campaign, 'de', text).warnings.map(({ rule }) => rule);
const foundIn = (text: string) =>
  checkPassage(campaign, 'de', text).warnings.map(({ rule, at }) => [rule, text.slice(at.start, at.end)]);

describe('what stops a letter in German', () => {
  it.each([
    'Bitte verhängen Sie Wirtschaftssanktionen gegen Kambodscha.',
    'Ich fordere ein Embargo.',
    'Boykottieren Sie Waren aus Kambodscha.',
    'Zögern Sie nicht, Handelssanktionen zu verhängen.',
    'Es gibt keine andere Wahl als ein Embargo.',
    'Streichen Sie die Zollpräferenzen.',
    'Nicht Worte, sondern Wirtschaftssanktionen brauchen wir.',
    'Schieben Sie Wirtschaftssanktionen nicht länger auf.',
    'Verhängen Sie Wirtschaftssanktionen, wenn er nicht geht.',
  ])('a call for economic or trade sanctions: %s', (text) => {
    expect(stoppedBy(text)).toContain('trade-sanctions');
  });

  it.each([
    'Ich fordere keine Wirtschaftssanktionen.',
    'Verhängen Sie Wirtschaftssanktionen nicht.',
    'Wirtschaftssanktionen würden den Armen schaden.',
    'Wirtschaftssanktionen lehne ich ab.',
    'Ich bin gegen ein Embargo, das meine Familie treffen würde.',
    'Sanktionen gegen die Verantwortlichen reichen aus.',
    'Die Opposition hat die Wahl nicht boykottiert, sie wurde verboten.',
    'Mein Bruder arbeitet im Handel.',
  ])('not what speaks against them, or of other sanctions: %s', (text) => {
    expect(stoppedBy(text)).toEqual([]);
  });

  it.each([
    'Streichen Sie die Entwicklungshilfe für Kambodscha.',
    'Deutschland soll die Entwicklungshilfe streichen.',
    'Wir sollten jede Hilfe einstellen, bis sie zuhören.',
    'Ich bitte darum, die Entwicklungszusammenarbeit zu beenden.',
    'Die Hilfe muss sofort gestoppt werden.',
    'Ich verlange die Streichung der Entwicklungshilfe.',
  ])('a call for cutting aid, wherever its verb stands: %s', (text) => {
    expect(stoppedBy(text)).toContain('aid-cut');
  });

  it.each([
    'Ich erinnere mich an die Hilfe, die meine Familie im Lager bekam.',
    'Bitte streichen Sie die Entwicklungshilfe nicht.',
    'Bitte kürzen Sie nicht die Entwicklungshilfe.',
    'Die Unterstützung für Institutionen soll enden, nicht die Entwicklungshilfe.',
    'Bitte beenden Sie die Hilfe für Polizei und Armee.',
    'Deutschland sollte die Hilfe für die Wahlkommission einstellen.',
    'Ohne die Hilfe zu kürzen, kann man Institutionen anders behandeln.',
    'Mit Hilfe meiner Nachbarn konnte ich mein Studium beenden.',
    'Ich bitte um Ihre Hilfe.',
    'Als die Hilfe 1994 gestrichen wurde, schloss unsere Schule.',
  ])('not what speaks of aid otherwise: %s', (text) => {
    expect(stoppedBy(text)).toEqual([]);
  });

  it.each([
    'Tun Sie es, sonst werden Sie es bereuen.',
    'Ich weiß, wo Sie wohnen.',
    'Wenn Sie nichts tun, wähle ich Sie nicht mehr.',
    'Sie verlieren meine Stimme.',
  ])('a threat: %s', (text) => {
    expect(stoppedBy(text)).toContain('threat');
  });

  it.each([
    'Sie drohten, meinen Vater zu töten.',
    'Die Soldaten sagten: „Wir töten Sie, wenn Sie reden.“',
    'Es war das letzte Mal, dass sie wählen durften.',
    'Wir durften nicht mehr wählen.',
  ])('not a threat that is told, nor votes of others: %s', (text) => {
    expect(stoppedBy(text)).toEqual([]);
  });

  it.each([
    'Hun Sen ist ein Mörder.',
    'Hun Sen hat meinen Bruder getötet.',
    'Mein Bruder wurde von Hun Sen getötet.',
    'General Sok Dara folterte meinen Onkel.',
    'Herr Vann Rith stahl unser Land.',
    'Hun Sen hat den Mord befohlen.',
    'Hun Sen ist für den Mord an einem Journalisten verantwortlich.',
    'Ich hasse die Verbrechen von Hun Sen.',
    'Ich klage Hun Manet des Mordes an.',
  ])('a crime laid to a named person: %s', (text) => {
    expect(stoppedBy(text)).toContain('accusation');
  });

  it.each([
    'Kem Ley wurde 2016 ermordet, und ich weinte.',
    'Kem Ley wurde auf offener Straße erschossen.',
    'Kem Ley wurde von Unbekannten getötet.',
    'Die Roten Khmer haben meine Großeltern getötet.',
    'Bewaffnete Männer töteten meinen Vater.',
    'Korrupte Beamte stahlen unser Land.',
    'Am Abend kamen Soldaten und raubten unser Haus aus.',
    'Kem Sokha wurde wegen Hochverrats verurteilt.',
    'Der Oberste Gerichtshof hat unsere Hoffnung getötet.',
    'Hun Sen hörte uns nicht zu.',
  ])('not what names nobody as the one who did it, though every noun has a capital: %s', (text) => {
    expect(stoppedBy(text)).toEqual([]);
  });

  it('stops another script, and no umlaut', () => {
    expect(stoppedBy('ខ្ញុំ')).toEqual(['script']);
    expect(stoppedBy('Grüße aus Gießen, schöne Straßen.')).toEqual([]);
  });
});

describe('what a writer in German is warned of', () => {
  it.each([
    ['Meine Mutter Sophea lebt noch dort.', 'kinship-name', 'Sophea'],
    ['Dara, mein Bruder, war Lehrer.', 'kinship-name', 'Dara'],
    ['Mein Onkel hieß Sok.', 'kinship-name', 'Sok'],
    ['Ich wuchs im Dorf Prek Toal auf.', 'place-in-cambodia', 'Prek'],
    ['Mein Aktenzeichen lautet 4711.', 'case-number', '4711'],
  ])('%s', (text, rule, words) => {
    expect(foundIn(text)).toEqual([[rule, words]]);
  });

  it.each([
    'Meine Mutter lebt bei uns in Hamburg.',
    'In Bremen führt mein Bruder eine Bäckerei.',
    'Mein Vater war Lehrer in einem Dorf.',
    'Das Dorf in Kambodscha gibt es nicht mehr.',
    'Ich kam am 14.03.1985 nach Deutschland.',
    'Seit dem 3. September 2017 denke ich jeden Tag daran.',
  ])('not %s', (text) => {
    expect(warnedBy(text)).toEqual([]);
  });
});

describe('hostile input in German', () => {
  it.each<[string, string]>([
    ['names without end', 'Aa '.repeat(1_333)],
    ['kinship without end', 'meine Mutter '.repeat(300)],
    ['aid without end', 'Hilfe streichen '.repeat(250)],
    ['sanctions without end', 'Wirtschaftssanktionen '.repeat(180)],
  ])('is answered within 50 ms: %s', (_, text) => {
    checkOwnWords(campaign, 'de', 'Ein Satz.');
    const times = Array.from({ length: 8 }, () => {
      const start = performance.now();
      checkOwnWords(campaign, 'de', text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
