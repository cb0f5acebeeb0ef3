import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readerLanguages } from '../../src/campaign/campaign-types.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkOwnWords, checkPassage, ownWordsSentence } from '../../src/letters/own-words/own-words.ts';

const campaign = loadCampaign('templates');

const stoppedBy = (language: string, text: string) =>
  checkPassage(campaign, language, text).faults.map(({ rule }) => rule);
const warnedBy = (language: string, text: string) =>
  checkPassage(campaign, language, text).warnings.map(({ rule }) => rule);

// Twenty words that no rule minds, to make a passage long enough.
const filler =
  'I came here as a child with two bags and I have worked, paid taxes and raised a family ever since.';

describe('length', () => {
  it('is twenty to a hundred words', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    const rules = (count: number) =>
      checkOwnWords(campaign, 'en', words(count)).faults.map(({ rule }) => rule);
    expect(rules(19)).toEqual(['too-short']);
    expect(rules(20)).toEqual([]);
    expect(rules(100)).toEqual([]);
    expect(rules(101)).toEqual(['too-long']);
  });

  it('counts words, not signs', () => {
    expect(checkOwnWords(campaign, 'en', '… ! — one, two; three (four)').words).toBe(4);
    expect(checkOwnWords(campaign, 'fr', 'Voici\u00a0: deux mots').words).toBe(3);
  });
});

describe('what stops a letter', () => {
  it.each([
    'Please impose economic sanctions on Cambodia.',
    'I call for trade sanctions now.',
    'We need economic and trade sanctions.',
    'Only a boycott of Cambodian clothes will help.',
    'Why not impose economic sanctions at last?',
    'Please do not hesitate to impose economic sanctions.',
    'There is no other choice than an embargo.',
    'Take away the trade preferences of the country.',
    'Use tariffs.',
    'ECONOMIC SANCTIONS are the answer.',
    'Please impose e\u200bconomic sanc\u200dtions.',
    'Please impose есоnоmіс sаnсtіоns.',
    'Words are not enough, so bring economic sanctions.',
    'Not words but economic sanctions are needed.',
    'Please impose e\ufe0fconomic sanc\u20d0tions.',
    'Please impose e\u034fconomic sanc\u3164tions.',
    'Please impose e.c.o.n.o.m.i.c s.a.n.c.t.i.o.n.s now.',
    'Please impose ec0nomic sancti0ns.',
    'Please impose 3conom1c sanct1ons.',
    'Please impose eco-nomic sanc-tions.',
    'Please impose economic\n\nsanctions.',
    'Please impose economic; sanctions.',
    'Please impose eco-nomic;\n\nsanc.tions.',
  ])('a call for economic or trade sanctions: %s', (text) => {
    expect(stoppedBy('en', text)).toContain('trade-sanctions');
  });

  it.each([
    'Je demande des sanctions économiques contre le Cambodge.',
    'Il faut un embargo.',
    'Boycottez les produits du Cambodge.',
    'N’hésitez pas à prendre des sanctions commerciales.',
    'Il n’y a pas d’autre choix que des sanctions économiques.',
    'Supprimez les préférences commerciales du pays.',
  ])('a call for them in French: %s', (text) => {
    expect(stoppedBy('fr', text)).toContain('trade-sanctions');
  });

  it.each([
    'Please impose sanctions on officials who banned the party.',
    'I do not ask for economic sanctions.',
    'I never wanted trade sanctions, which would hit my cousins in the factories.',
    'Economic sanctions would hurt the poor.',
    'This is about named officials and not about economic sanctions.',
    'I ask for visa sanctions on generals, rather than an embargo.',
    'Visa sanctions on generals are fair.',
    'The opposition did not boycott the election; it was banned.',
    'I want an arms embargo to be discussed.',
    'We talk about trade.\n\nSanctions on generals are fair.',
    'My brother-in-law works in trade. Sanctions on generals are fair.',
    'My work; my family; my street; I do not want economic sanctions.',
    'I came on the 3rd of May in 1981, at 10.30 p.m., with 2 bags.',
    'My sister works in trade and my brother studies economics.',
  ])('not what speaks against them, or of other sanctions: %s', (text) => {
    expect(stoppedBy('en', text)).toEqual([]);
  });

  it.each([
    'Je ne demande pas de sanctions économiques.',
    'Des sanctions contre les responsables suffisent.',
    'Je suis contre un embargo, qui frapperait ma famille.',
    'Les sanctions économiques nuiraient aux plus pauvres.',
    'Mon frère travaille dans le commerce.',
  ])('not what speaks against them in French: %s', (text) => {
    expect(stoppedBy('fr', text)).toEqual([]);
  });

  it.each([
    'Please cut all aid to Cambodia.',
    'Stop the development assistance to this government.',
    'I ask you to end humanitarian aid.',
    'Foreign aid must be stopped.',
    'We should suspend every kind of aid until they listen.',
    'No more aid!',
    'Aid should be cut at once.',
  ])('a call for cutting aid: %s', (text) => {
    expect(stoppedBy('en', text)).toContain('aid-cut');
  });

  it.each([
    'Coupez l’aide au Cambodge.',
    'Il faut arrêter toute aide.',
    'Je demande de suspendre l’aide au développement.',
    'L’aide doit être supprimée.',
  ])('a call for cutting aid in French: %s', (text) => {
    expect(stoppedBy('fr', text)).toContain('aid-cut');
  });

  it.each([
    'I remember the aid my family received in the camp.',
    'Please do not cut development assistance.',
    'Withdraw support for state institutions, not development assistance.',
    'Please stop aid to the police and the army.',
    'My mother is an aid worker and cannot stop.',
    'I stopped work to aid my father.',
    'When they cut the aid in 1994 our school closed.',
    'Stop supporting the election committee.',
    'A hearing aid was the end of it.',
  ])('not what speaks of aid otherwise: %s', (text) => {
    expect(stoppedBy('en', text)).toEqual([]);
  });

  it.each([
    'Je me souviens de l’aide que ma famille a reçue.',
    'Ne coupez pas l’aide au développement.',
    'Retirez le soutien aux institutions, pas l’aide au développement.',
    'Je demande votre aide.',
    'Avec l’aide de mes voisins, j’ai pu finir mes études.',
  ])('not what speaks of aid otherwise, in French: %s', (text) => {
    expect(stoppedBy('fr', text)).toEqual([]);
  });

  it.each([
    ['en', 'Do this or you will regret it.'],
    ['en', 'Answer me, or else.'],
    ['en', 'I know where you live.'],
    ['en', 'If you do nothing I will not vote for you.'],
    ['en', 'You will lose my vote.'],
    ['en', 'We will vote you out.'],
    ['fr', 'Faites-le, sinon vous le regretterez.'],
    ['fr', 'Je sais où vous habitez.'],
    ['fr', 'Je ne voterai plus pour vous.'],
    ['fr', 'Vous perdrez ma voix.'],
  ])('a threat (%s): %s', (language, text) => {
    expect(stoppedBy(language, text)).toContain('threat');
  });

  it.each([
    ['en', 'They threatened to kill my father.'],
    ['en', 'The soldiers said: “We will kill you if you speak.”'],
    ['en', 'I voted for you, and I will write again.'],
    ['en', 'I hope that you will not regret your time.'],
    ['fr', 'Ils ont menacé de tuer mon père.'],
    ['fr', 'Ils ont dit : « Nous allons vous tuer. »'],
    ['fr', 'J’ai voté pour vous.'],
  ])('not a threat that is told (%s): %s', (language, text) => {
    expect(stoppedBy(language, text)).toEqual([]);
  });

  it.each([
    'Hun Sen is a murderer.',
    'hun sen killed my brother.',
    'My brother was killed by Hun Sen.',
    'General Sok Dara tortured my uncle.',
    'Mr. Vann Rith stole our land.',
    'The criminal Hun Sen must not come here.',
    'Hun Sen ordered the killing of a journalist.',
    'I hate Hun Sen’s crimes.',
    'I accuse Hun Manet of murder.',
    'Everyone knows that Tea Banh is corrupt.',
  ])('a crime laid to a named person: %s', (text) => {
    expect(stoppedBy('en', text)).toContain('accusation');
  });

  it.each([
    'Hun Sen est un assassin.',
    'Hun Sen a tué mon frère.',
    'Mon frère a été tué par Hun Sen.',
    'Le général Sok Dara a torturé mon oncle.',
    'J’accuse Hun Manet de meurtre.',
  ])('a crime laid to a named person, in French: %s', (text) => {
    expect(stoppedBy('fr', text)).toContain('accusation');
  });

  it.each([
    'Kem Ley was murdered in 2016, and I wept.',
    'Chut Wutty, murdered in 2012, was a friend of the forest.',
    'Chea Vichea was shot in broad daylight.',
    'The Khmer Rouge killed my grandparents.',
    'Pol Pot murdered half of my family.',
    'Soldiers killed my neighbour.',
    'Kem Sokha was convicted of treason.',
    'A court sentenced Sam Rainsy in his absence.',
    'Hun Sen did not listen to us.',
    'They murdered Kem Ley at a petrol station.',
    'Hun Sen governed for thirty-eight years.',
    'The Supreme Court killed our hope.',
    'Long Beach is where I live, and crime is low.',
    'MY FATHER WAS KILLED BY SOLDIERS.',
  ])('not what names nobody as the one who did it: %s', (text) => {
    expect(stoppedBy('en', text)).toEqual([]);
  });

  it.each([
    'Kem Ley a été assassiné en 2016.',
    'Les Khmers rouges ont tué mes grands-parents.',
    'Des soldats ont tué mon voisin.',
    'Kem Sokha a été condamné pour trahison.',
    'Hun Sen a gouverné pendant trente-huit ans.',
  ])('not what names nobody as the one who did it, in French: %s', (text) => {
    expect(stoppedBy('fr', text)).toEqual([]);
  });

  it.each([
    '<script>alert(1)</script>',
    'Hello <b>there</b>',
    '{{constructor.constructor "return process.env"}}',
    '{{#each this}}',
    'Bcc: someone@else.example',
    'Please read.\nSubject: something else',
    'One line\n.\nMAIL FROM:<someone@else.example>',
    'RCPT TO:<a@b.example>',
    'EHLO mail.example',
    'javascript:alert(1)',
    "x'); DROP TABLE letters; --",
    '&lt;b&gt;',
    'X-Mailer: mine',
    '< img src=x onerror=alert(1)',
    'Read https://evil.example/x first.',
    'See www.evil.example now.',
    'Write to mailto:someone@else.example please.',
    'Read more at evil-site.com today.',
  ])('code, header lines, lines of the mail protocol: %j', (text) => {
    expect(stoppedBy('en', text)).toContain('code');
  });

  it.each([
    'I <3 this country and its people.',
    'I have one wish: that we may vote again.',
    'My story is short:\nwe left at night.',
    'From the first day I felt at home.',
    'Quit your silence, I thought.',
    'I came alone.Nobody met me, and my income was < 5 dollars a day.',
    'Here is my wish: http is not a word I knew then.',
  ])('not plain sentences: %j', (text) => {
    expect(stoppedBy('en', text)).toEqual([]);
  });

  it('stops another script, at the place where it stands', () => {
    const text = `${filler} ខ្ញុំ​ចង់​ទៅ​ផ្ទះ`;
    const { faults } = checkOwnWords(campaign, 'en', text);
    expect(faults.map(({ rule }) => rule)).toEqual(['script']);
    expect(text.slice(faults[0]?.at.start, faults[0]?.at.end)).toBe('ខ្ញុំ​ចង់​ទៅ​ផ្ទះ');
    expect(stoppedBy('fr', 'Привет')).toEqual(['script']);
    expect(stoppedBy('fr', 'Être né à Œrebro, ça naît.')).toEqual([]);
  });

  it('says each thing in every reader’s language', () => {
    const rules = [
      'too-short',
      'too-long',
      'script',
      'trade-sanctions',
      'aid-cut',
      'threat',
      'accusation',
      'code',
      'broken',
      'kinship-name',
      'place-in-cambodia',
      'case-number',
    ] as const;
    for (const rule of rules) {
      for (const language of readerLanguages)
        expect(ownWordsSentence(campaign, rule, language).length).toBeGreaterThan(20);
    }
  });

  it('gives the place of what it found', () => {
    const text = `${filler} Please cut all aid to Cambodia. Thank you.`;
    const [fault] = checkOwnWords(campaign, 'en', text).faults;
    expect(text.slice(fault?.at.start, fault?.at.end)).toBe('cut all aid');
  });
});

describe('what a writer is warned of', () => {
  it.each([
    ['en', 'My mother Sophea still lives there.', 'Sophea'],
    ['en', 'Dara, my brother, was a teacher.', 'Dara'],
    ['en', 'I miss my uncle, who was called Sok.', 'Sok'],
    ['fr', 'Ma mère Sophea vit toujours là-bas.', 'Sophea'],
    ['fr', 'Mon frère s’appelle Dara.', 'Dara'],
  ])('a name beside a word of kinship (%s): %s', (language, text, name) => {
    const { warnings } = checkPassage(campaign, language, text);
    expect(warnings.map(({ rule, at }) => [rule, text.slice(at.start, at.end)])).toEqual([
      ['kinship-name', name],
    ]);
  });

  it.each([
    ['en', 'My mother lives in Auckland with us.'],
    ['en', 'In Hamilton, my brother runs a bakery.'],
    ['en', 'My parents voted in July 2013.'],
    ['en', 'My brother and I came by boat.'],
    ['fr', 'Ma mère vit à Lyon avec nous.'],
    ['fr', 'Mon père a voté en juillet 2013.'],
    ['fr', 'Ta voix compte.'],
  ])('not kinship alone (%s): %s', (language, text) => {
    expect(warnedBy(language, text)).toEqual([]);
  });

  it.each([
    ['en', 'I was born in Kampong Cham.', 'Kampong Cham'],
    ['en', 'We fled from Battambang on foot.', 'Battambang'],
    ['en', 'My school was in Kep.', 'Kep'],
    ['en', 'we had a shop in phnom penh', 'phnom penh'],
    ['en', 'I grew up in the village of Prek Toal.', 'Prek'],
    ['en', 'I come from Siĕm Réap.', 'Siĕm Réap'],
    ['fr', 'Je suis né à Kompong-Cham.', 'Kompong-Cham'],
    ['fr', 'Je viens de Takéo.', 'Takéo'],
  ])('a place in Cambodia (%s): %s', (language, text, name) => {
    const { warnings } = checkPassage(campaign, language, text);
    expect(warnings.map(({ rule, at }) => [rule, text.slice(at.start, at.end)])).toEqual([
      ['place-in-cambodia', name],
    ]);
  });

  it('knows places in Khmer letters, with and without word spaces', () => {
    for (const text of ['ខ្ញុំកើតនៅបាត់ដំបង', 'ខ្ញុំ​កើត​នៅ​បាត់​ដំបង'])
      expect(warnedBy('en', text)).toEqual(['place-in-cambodia']);
  });

  it.each([
    ['en', 'My case number is 4711.'],
    ['en', 'UNHCR gave me 186-14C00123.'],
    ['en', 'See file no. 5523 at your office.'],
    ['en', 'My passport N1234567 was taken.'],
    ['fr', 'Mon dossier n° 2023/4455 est bloqué.'],
  ])('a case number (%s): %s', (language, text) => {
    expect(warnedBy(language, text)).toEqual(['case-number']);
  });

  it.each([
    ['en', 'I voted in 2013 and in 2017.'],
    ['en', 'A number of 5,007 councillors lost their seats on 16/11/2017.'],
    ['en', 'In the case of 2017 I was 34 years old.'],
    ['fr', 'Le 16/11/2017, 5.007 conseillers ont tout perdu.'],
  ])('not years, dates and amounts (%s): %s', (language, text) => {
    expect(warnedBy(language, text)).toEqual([]);
  });
});

describe('hostile input', () => {
  it.each<[string, string]>([
    ['a megabyte of one letter', 'a'.repeat(1_000_000)],
    ['a megabyte of combining marks', `a${'\u0301'.repeat(1_000_000)}`],
    ['a megabyte of at signs', '@'.repeat(1_000_000)],
    ['a megabyte of newlines', '\n'.repeat(1_000_000)],
    ['fifty thousand letters and a mark', `${'a'.repeat(50_000)}!`],
    ['four thousand opening tags', '<'.repeat(4_000)],
    ['four thousand digits', '1'.repeat(4_000)],
    ['digits and hyphens', '1-'.repeat(2_000)],
    ['four thousand spaces', ' '.repeat(4_000)],
    ['names without end', 'Aa '.repeat(1_333)],
    ['kinship without end', 'my mother '.repeat(400)],
    ['sanctions without end', 'economic sanctions '.repeat(210)],
    ['negations without end', 'not '.repeat(1_000)],
    ['quotes without end', '“'.repeat(4_000)],
  ])('takes at most 50 ms of work: %s', (_, text) => {
    checkOwnWords(campaign, 'en', filler);
    // CPU time: whatever else the machine does must not count.
    const times = Array.from({ length: 3 }, () => {
      const start = process.cpuUsage();
      checkOwnWords(campaign, 'en', text);
      return process.cpuUsage(start).user / 1_000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('refuses lone surrogates', () => {
    expect(checkOwnWords(campaign, 'en', `${filler} \ud800`).faults.map(({ rule }) => rule)).toEqual([
      'broken',
    ]);
  });

  it('never throws, and places lie within the checked text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.string({ unit: 'grapheme', maxLength: 400 }),
        ),
        (text) => {
          for (const language of ['en', 'fr']) {
            const check = checkOwnWords(campaign, language, text);
            for (const { at } of [...check.faults, ...check.warnings]) {
              if (check.faults[0]?.rule === 'broken') continue;
              expect(at.start).toBeGreaterThanOrEqual(0);
              expect(at.end).toBeLessThanOrEqual(check.text.length);
              expect(at.start).toBeLessThanOrEqual(at.end);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
