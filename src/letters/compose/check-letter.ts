import type { Campaign, ForbiddenClaim, LanguageWords } from '../../campaign/campaign-types.ts';
import { measureText } from '../../campaign/count-words.ts';
import { type LetterKind, laterPlans } from '../../campaign/letter-kinds.ts';
import { isSayable } from '../../campaign/may-be-said.ts';
import { dayToReplyBy, writeDay } from '../../campaign/write-day.ts';
import type { Day } from '../../shared/clock.ts';
import { tokenize } from '../own-words/fold-words.ts';
import { checkTypography } from './check-typography.ts';
import type { ComposedLetter, Paragraph } from './compose-letter.ts';
import type { LetterFault } from './letter-fault.ts';

/** Holds a composed letter against the rules every letter must keep, whatever was chosen. */
export function checkLetter(campaign: Campaign, letter: ComposedLetter): LetterFault[] {
  const tool = letter.paragraphs.filter(({ role }) => role !== 'own-words' && role !== 'link');
  return [
    ...checkLengths(campaign, letter),
    ...checkFilled(letter),
    ...checkFacts(campaign, letter),
    ...checkAsk(campaign, letter),
    ...checkRequest(campaign, letter),
    ...tool.flatMap((paragraph) => checkDates(campaign, letter, paragraph)),
    ...checkTypography(letter.language, [
      ...[letter.subjectLine, letter.dateLine, letter.salutation, letter.closing],
      ...tool.map(({ text }) => text),
    ]),
    ...findForbidden(campaign, letter, [letter.subject, ...tool.map(({ text }) => text)]),
  ];
}

function checkLengths(
  campaign: Campaign,
  { language, kind, toolWords, subject }: ComposedLetter,
): LetterFault[] {
  const length = campaign.languages.get(language)?.length;
  if (!length) return [{ rule: 'length', detail: `${language} has no length` }];
  const within = (count: number, [least, most]: readonly [number, number]) => least <= count && count <= most;
  const faults: LetterFault[] = [];
  if (!within(toolWords, lengthOf(kind, length.tool)))
    faults.push({ rule: 'length', detail: `${toolWords} ${length.unit} of the tool's` });
  if (!within(measureText(subject, length), length.subject))
    faults.push({ rule: 'subject-length', detail: subject });
  return faults;
}

function lengthOf(kind: LetterKind, [least, most]: readonly [number, number]): readonly [number, number] {
  const [from, to] = laterPlans[kind]?.share ?? [1, 1];
  return [Math.round(least * from), Math.round(most * to)];
}

function checkFilled(letter: ComposedLetter): LetterFault[] {
  const body = letter.paragraphs.map(({ text }) => text).join('\n');
  const readings = letter.paragraphs.flatMap(({ reading }) => Object.values(reading));
  const faults: LetterFault[] = [];
  for (const text of [letter.text, ...readings]) {
    const hole = /\{\{|\}\}|\bundefined\b|\bnull\b|\bNaN\b/.exec(text);
    if (hole) faults.push({ rule: 'unfilled', detail: around(text, hole.index) });
  }
  const spacing = / {2}| [,.]|[\t\r]| \n|,,|\.\.(?!\.)/.exec(body);
  if (spacing) faults.push({ rule: 'spacing', detail: around(body, spacing.index) });
  if (letter.paragraphs.some(({ text }) => text === ''))
    faults.push({ rule: 'empty', detail: letter.choices.order });
  return faults;
}

function checkFacts(campaign: Campaign, letter: ComposedLetter): LetterFault[] {
  const facts = letter.facts.flatMap(({ id }) => campaign.facts.find((fact) => fact.id === id) ?? []);
  const faults: LetterFault[] = [];
  const [fewest, most] = laterPlans[letter.kind] ? [0, 0] : [2, 3];
  if (facts.length < fewest || facts.length > most)
    faults.push({ rule: 'facts', detail: `${facts.length} facts` });
  if (new Set(facts.map(({ group }) => group)).size < facts.length) {
    faults.push({ rule: 'facts', detail: `two of one group: ${facts.map(({ id }) => id).join(', ')}` });
  }
  for (const fact of facts) {
    if (!isSayable(fact, letter.date)) faults.push({ rule: 'not-sayable', detail: fact.id });
  }
  return faults;
}

function checkAsk(campaign: Campaign, letter: ComposedLetter): LetterFault[] {
  const ask = letter.paragraphs.find(({ role }) => role === 'ask');
  if (!ask && laterPlans[letter.kind]?.ofPlace.includes('ask') === false) return [];
  const limits = campaign.asks.find(({ id }) => id === letter.ask)?.limitWords.get(letter.language) ?? [];
  const sentence = foldSentence(ask?.text ?? '');
  return limits
    .filter((words) => !words.some((word) => holds(sentence, word)))
    .map((words) => ({
      rule: 'limit',
      detail: `no word of ${words.slice(0, 3).join(', ')}… in “${ask?.text}”`,
    }));
}

function checkRequest(campaign: Campaign, letter: ComposedLetter): LetterFault[] {
  const language = campaign.languages.get(letter.language);
  const request = letter.paragraphs.find(({ role }) => role === 'request')?.text ?? '';
  const replyBy = language ? writeDay(language, letter.layout, dayToReplyBy(letter.date)) : '';
  // Whoever gives thanks sets no day.
  return letter.kind === 'thanks' || request.includes(replyBy) ? [] : [{ rule: 'reply-by', detail: request }];
}

/**
 * A day or year named in a letter that lies after the letter itself, but for the day of the reply. What is said
 * only until a day may name days to come.
 */
function checkDates(campaign: Campaign, letter: ComposedLetter, paragraph: Paragraph): LetterFault[] {
  const language = campaign.languages.get(letter.language);
  if (!language || endsOneDay(campaign, letter, paragraph.id)) return [];
  const replyBy = writeDay(language, letter.layout, dayToReplyBy(letter.date));
  const text = paragraph.text.replace(replyBy, '');
  const years = [...text.matchAll(/\b(?:19|20)\d\d\b/g)].map(([year]) => year);
  const late = [
    ...years.filter((year) => year > letter.date.slice(0, 4)),
    ...daysIn(text, language).filter((day) => day > letter.date),
  ];
  return late.map((when) => ({ rule: 'not-yet', detail: `${when} in “${paragraph.text}”` }));
}

function endsOneDay(campaign: Campaign, letter: ComposedLetter, paragraph: string): boolean {
  const statements = Object.values(campaign.places.get(letter.place)?.asks ?? {}).flatMap((ask) =>
    Object.values(ask.paragraphs).flat(),
  );
  const said = [...statements, ...campaign.facts.map((fact) => ({ ...fact, id: fact.paragraph }))];
  return said.some(({ id, until }) => id === paragraph && until !== null);
}

function daysIn(text: string, language: LanguageWords): Day[] {
  return dayPatterns(language).flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ groups = {} }) => {
      const month = groups['m'] ?? language.months.indexOf(groups['month'] ?? '') + 1;
      const day = groups['d'] === language.firstDay ? 1 : groups['d'];
      return [groups['y'], two(Number(month)), two(Number(day))].join('-');
    }),
  );
}

const patternsOf = new WeakMap<LanguageWords, readonly RegExp[]>();

// "16 November 2017", "16. November 2017", "November 16, 2017", "2017年11月16日": as the language writes days.
function dayPatterns(language: LanguageWords): readonly RegExp[] {
  const known = patternsOf.get(language);
  if (known) return known;
  const patterns = [...new Set(Object.values(language.day))].map((written) => dayPattern(written, language));
  patternsOf.set(language, patterns);
  return patterns;
}

function dayPattern(written: string, { months, firstDay }: LanguageWords): RegExp {
  const fields: Readonly<Record<string, string>> = {
    d: `(?<d>\\d{1,2}${firstDay ? `|${firstDay}` : ''})`,
    month: `(?<month>${months.join('|')})`,
    m: '(?<m>\\d{1,2})',
    y: '(?<y>\\d{4})',
  };
  const pattern = written
    .replace(/[.()]/g, '\\$&')
    .replace(/\s/g, '\\s')
    .replace(/\{\{(\w+)\}\}/g, (field, name) => fields[name] ?? field);
  return new RegExp(pattern, 'g');
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** The forbidden claims that some texts of a letter make. */
export function findForbidden(
  campaign: Campaign,
  letter: Pick<ComposedLetter, 'language' | 'ask' | 'place' | 'date'>,
  texts: readonly string[],
): LetterFault[] {
  const claims = campaign.forbidden.filter((claim) => appliesTo(claim, letter));
  const sentences = texts.flatMap(splitSentences);
  return sentences.flatMap((sentence) => {
    const folded = foldSentence(sentence);
    return claims.filter((claim) => makes(folded, claim)).map(({ id }) => ({ rule: id, detail: sentence }));
  });
}

function appliesTo(
  claim: ForbiddenClaim,
  letter: Pick<ComposedLetter, 'language' | 'ask' | 'place' | 'date'>,
): boolean {
  if (!claim.languages.includes(letter.language)) return false;
  if (claim.asks && !claim.asks.some((ask) => ask === letter.ask)) return false;
  if (claim.places && !claim.places.includes(letter.place)) return false;
  return (
    (claim.from === null || claim.from <= letter.date) && (claim.until === null || letter.date <= claim.until)
  );
}

function makes(folded: string, claim: ForbiddenClaim): boolean {
  const all = claim.words.every((list) => list.some((words) => holds(folded, words)));
  return all && !claim.unless.some((words) => holds(folded, words));
}

// The point of “16. November” ends no sentence; after 。 there is no space.
function splitSentences(text: string): string[] {
  return text.split(/(?<=[.!?…]["”“»’]?)(?<!\b\d{1,2}\.)\s+|(?<=[。！？][」』）]?)/u);
}

function foldSentence(text: string): string {
  return ` ${tokenize(text)
    .flat()
    .map(({ folded }) => folded)
    .join(' ')} `;
}

// Every phrase of the content is folded once.
const foldedPhrases = new Map<string, string>();

function holds(folded: string, words: string): boolean {
  const phrase = foldedPhrases.get(words) ?? foldSentence(words);
  foldedPhrases.set(words, phrase);
  return folded.includes(phrase);
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 30), at + 30);
}
