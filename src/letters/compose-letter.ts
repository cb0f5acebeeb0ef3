import {
  type ActInForce,
  type Campaign,
  type Chamber,
  type Fact,
  type Gender,
  type LanguageWords,
  type Layout,
  type LetterWords,
  type Place,
  type ReaderLanguage,
  readerLanguages,
  type Source,
  type Used,
} from '../campaign/campaign-types.ts';
import { type FieldValues, fillPhrasing } from '../campaign/compile-phrasing.ts';
import { countWords } from '../campaign/count-words.ts';
import { mayBeSaid } from '../campaign/may-be-said.ts';
import { wholeYears, writeCount, writeDay } from '../campaign/write-day.ts';
import { addDays, type Day, isDay } from '../shared/clock.ts';
import { countryName } from '../shared/countries.ts';
import { cleanLines } from '../shared/text.ts';
import { type Choices, chooseWording, orders, phrasingId, type Wording } from './choose-wording.ts';
import type { Option } from './fit-phrasings.ts';
import { layOutLetter } from './lay-out-letter.ts';
import type { LetterCase } from './letter-case.ts';
import { seededRandom } from './seeded-random.ts';

/** A reply is asked for within this many days of the letter's date. */
export const daysToReply = 30;

export type ParagraphRole = 'opening' | 'link' | 'ask' | 'own-words' | 'fact' | 'why' | 'request' | 'close';
export type Reading = Readonly<Partial<Record<ReaderLanguage, string>>>;

export type Paragraph = {
  /** Id of the content, such as `nz.asylum.ask` or `fact.cnrp-dissolved`; `own-words`, `link` for the writer's. */
  readonly id: string;
  readonly role: ParagraphRole;
  /** Paragraphs of one block stand together as one on the page. */
  readonly block: number;
  readonly text: string;
  /** What it says, in the reader's languages; the writer's own words as they are. */
  readonly reading: Reading;
};

export type ComposedLetter = {
  readonly country: string;
  readonly place: string;
  readonly ask: string;
  readonly language: string;
  readonly date: Day;
  readonly seed: string | number;
  /** Lines of the block at the top. */
  readonly sender: readonly string[];
  readonly recipient: readonly string[];
  readonly subject: string;
  readonly salutation: string;
  readonly paragraphs: readonly Paragraph[];
  readonly closing: string;
  /** The whole letter as plain text. */
  readonly text: string;
  readonly facts: readonly { readonly id: string; readonly source: Source }[];
  /** Words from opening to close, the writer's own among them. */
  readonly words: number;
  readonly toolWords: number;
  readonly ownWords: number;
  readonly subjectReading: Reading;
  readonly dateLine: string;
  readonly subjectLine: string;
  readonly signature: string;
  readonly layout: Layout;
  readonly paper: 'a4' | 'letter';
  /** A line for each fact, in the letter's language: for a footnote or the back. */
  readonly sources: readonly string[];
  readonly choices: Choices;
  /** Ids of paragraphs that differ from the choices handed in; empty where none were. */
  readonly changed: readonly string[];
};

export type ComposeOptions = {
  /** The letter's day; the case's date where left out. */
  readonly day?: Day | undefined;
  readonly seed?: string | number | undefined;
  /** Make the same letter again; what may no longer be said is replaced and named in `changed`. */
  readonly choices?: Choices | undefined;
  readonly acts?: readonly ActInForce[] | undefined;
  readonly used?: Used | undefined;
  /** Leave a marked gap in place of own words and of whatever else is not filled in. */
  readonly template?: boolean | undefined;
  readonly readingLanguage?: ReaderLanguage | 'all' | undefined;
};

type Job = {
  readonly campaign: Campaign;
  readonly place: Place;
  readonly chamber: Chamber;
  readonly words: LetterWords;
  readonly language: LanguageWords;
  readonly letterCase: LetterCase;
  readonly template: boolean;
  readonly replyBy: Day;
  readonly readers: readonly Reader[];
  readonly values: FieldValues;
};

type Reader = { readonly id: ReaderLanguage; readonly language: LanguageWords; readonly values: FieldValues };

/**
 * Composes the letter of a case: pure, the same for the same campaign, case, day, seed and history.
 * Own words are printed as they are; check them first (`own-words.ts`).
 * @throws RangeError where the content has no wording of the right length, or a field has no value.
 */
export function composeLetter(
  campaign: Campaign,
  given: LetterCase,
  options: ComposeOptions = {},
): ComposedLetter {
  const job = takeJob(campaign, given, options);
  const { letterCase, place } = job;
  const { ask, date, seed, language } = letterCase;
  const said = mayBeSaid(campaign, { place, ask, day: date, acts: options.acts, used: options.used });
  const { used, choices } = options;
  const valueWords = new Map([...job.values].map(([field, value]) => [field, countWords(value)]));
  valueWords.set('day', countWords(writeDay(job.language, place.layout, date)));
  const random = seededRandom([seed, place.place, ask, language].join('|'));
  const wording = chooseWording({ campaign, letterCase, said, used, valueWords, choices }, random);
  return assemble(job, wording, choices);
}

function takeJob(campaign: Campaign, given: LetterCase, options: ComposeOptions): Job {
  const place = campaign.places.get(given.place);
  const chamber = place?.chambers.find((one) => one.id === given.representative.chamber);
  const language = campaign.languages.get(given.language);
  if (!place || !chamber || !language?.letter) {
    throw new RangeError(`no letters in ${given.language} to ${given.place} ${given.representative.chamber}`);
  }
  const letterCase = { ...given, date: options.day ?? given.date, seed: options.seed ?? given.seed };
  const template = options.template ?? false;
  const replyBy = addDays(letterCase.date, daysToReply);
  const settled = { place, words: language.letter, letterCase, template, replyBy };
  const readers = readerLanguages
    .filter((one) => [undefined, 'all', one].includes(options.readingLanguage))
    .map((id) => takeReader(campaign, id, settled));
  return { ...settled, campaign, chamber, language, readers, values: fieldValues(settled, language) };
}

type Settled = Pick<Job, 'place' | 'words' | 'letterCase' | 'template' | 'replyBy'>;

function takeReader(campaign: Campaign, id: ReaderLanguage, settled: Settled): Reader {
  const language = campaign.languages.get(id);
  if (!language) throw new RangeError(`no words for the reader's language ${id}`);
  return { id, language, values: fieldValues(settled, language) };
}

function fieldValues(job: Settled, language: LanguageWords): Map<string, string> {
  const { writer, representative } = job.letterCase;
  const gap = (value: string, name: keyof LetterWords['gaps']) =>
    value || (job.template ? job.words.gaps[name] : '');
  const name = gap(representative.name, 'representative');
  return new Map([
    ['town', gap(writer.town, 'town')],
    ['postcode', gap(writer.postcode, 'postcode')],
    ['name', name],
    ['surname', representative.surname || name],
    ['constituency', representative.constituency ?? ''],
    ['reply-by', writeDay(language, job.place.layout, job.replyBy)],
  ]);
}

function withFact(values: FieldValues, fact: Fact, job: Job, language: LanguageWords): FieldValues {
  if (!fact.day) return values;
  const years = wholeYears(fact.day, job.letterCase.date);
  return new Map([
    ...values,
    ['day', writeDay(language, job.place.layout, fact.day)],
    ['years', writeCount(language, years)],
  ]);
}

function assemble(job: Job, wording: Wording, before: Choices | undefined): ComposedLetter {
  const { letterCase, place, chamber, values } = job;
  const { country, ask, language, date, seed } = letterCase;
  const { gender } = letterCase.representative;
  const paragraphs = writeParagraphs(job, wording);
  const subject = fillPhrasing(wording.subject.phrasing, values);
  const parts = {
    layout: place.layout,
    sender: senderLines(job),
    recipient: recipientLines(job),
    dateLine: fillDateLine(job),
    subjectLine: fillPhrasing(job.words.subject[place.layout], new Map([['subject', subject]])),
    salutation: fillPhrasing(byGender(chamber.salutation, language, gender), values),
    closing: fillPhrasing(byGender(chamber.closing, language, gender), values),
    signature: signature(job),
  };
  const body = blocksOf(paragraphs);
  const written = countOf(job, paragraphs, wording);
  const choices = choicesOf(job.campaign, wording);
  return {
    ...{ country, place: place.place, ask, language, date, seed },
    ...parts,
    subject,
    paragraphs,
    text: layOutLetter({ ...parts, body }),
    facts: wording.facts.map(({ id, source }) => ({ id, source })),
    ...written,
    subjectReading: readingOf(job, wording.subject.paragraph, null),
    paper: place.paper,
    sources: wording.facts.map((fact) => sourceLine(job, fact.source)),
    choices,
    changed: before ? changedSince(before, choices) : [],
  };
}

function writeParagraphs(job: Job, wording: Wording): Paragraph[] {
  const part = (role: ParagraphRole, block: number): Paragraph[] => {
    const option = wording.parts.get(role);
    return option ? [toolParagraph(job, role, block, option, null)] : [];
  };
  const middle = orders[wording.order].flatMap((role, place) => {
    if (role === 'own-words') return [ownParagraph(job, place + 1)];
    if (role === 'fact') return factParagraphs(job, wording, place + 1);
    return part(role, place + 1);
  });
  return [
    ...part('opening', 0),
    ...linkParagraph(job),
    ...part('ask', 0),
    ...middle,
    ...part('request', 4),
    ...part('close', 5),
  ];
}

function factParagraphs(job: Job, wording: Wording, block: number): Paragraph[] {
  return wording.facts.flatMap((fact) => {
    const option = wording.parts.get(fact.paragraph);
    return option ? [toolParagraph(job, 'fact', block, option, fact)] : [];
  });
}

function toolParagraph(
  job: Job,
  role: ParagraphRole,
  block: number,
  option: Option,
  fact: Fact | null,
): Paragraph {
  const values = fact ? withFact(job.values, fact, job, job.language) : job.values;
  const text = fillPhrasing(option.phrasing, values);
  return { id: option.paragraph, role, block, text, reading: readingOf(job, option.paragraph, fact) };
}

function readingOf(job: Job, paragraph: string, fact: Fact | null): Reading {
  return Object.fromEntries(
    job.readers.map(({ id, language, values }) => {
      const reading = job.campaign.readings[id].get(paragraph);
      if (!reading) throw new RangeError(`no reading text of ${paragraph} in ${id}`);
      return [id, fillPhrasing(reading, fact ? withFact(values, fact, job, language) : values)];
    }),
  );
}

function ownParagraph(job: Job, block: number): Paragraph {
  const own = cleanLines(job.letterCase.ownWords);
  const open = job.template;
  const reading = Object.fromEntries(job.readers.map(({ id, language }) => [id, open ? language.gap : own]));
  return { id: 'own-words', role: 'own-words', block, text: open ? job.language.gap : own, reading };
}

// The writer's tie to the place, where it is a sentence; a bare word such as "resident" is said by the opening.
function linkParagraph(job: Job): Paragraph[] {
  const { link } = job.letterCase.writer;
  if (!link || !isSentence(link)) return [];
  const text = /[.!?…]$/.test(link) ? link : `${link}.`;
  const reading = Object.fromEntries(job.readers.map(({ id }) => [id, text]));
  return [{ id: 'link', role: 'link', block: 0, text, reading }];
}

/** Whether a link reads as a sentence of its own, and so is printed. */
export function isSentence(text: string): boolean {
  return /^["“«]?\p{Lu}/u.test(text) && countWords(text) >= 4;
}

function blocksOf(paragraphs: readonly Paragraph[]): string[] {
  const blocks = new Map<number, string[]>();
  for (const { block, text } of paragraphs) blocks.set(block, [...(blocks.get(block) ?? []), text]);
  return [...blocks.values()].map((texts) => texts.join(' '));
}

function countOf(job: Job, paragraphs: readonly Paragraph[], wording: Wording): Counts {
  const toolWords = [...wording.parts.values()].reduce((sum, option) => sum + option.words, 0);
  const isOwn = ({ role }: Paragraph) => role === 'link' || (role === 'own-words' && !job.template);
  const own = paragraphs.filter(isOwn);
  const ownWords = own.reduce((sum, { text }) => sum + countWords(text), 0);
  return { words: toolWords + ownWords, toolWords, ownWords };
}

type Counts = Pick<ComposedLetter, 'words' | 'toolWords' | 'ownWords'>;

function senderLines(job: Job): string[] {
  const { writer } = job.letterCase;
  const { gaps } = job.words;
  if (writer.identity === 3) return [unnamed(job)];
  const name = writer.name || gaps.name;
  const locality = writer.locality || `${job.values.get('postcode')} ${job.values.get('town')}`;
  if (writer.identity === 2) return [name, locality];
  const street = writer.address.length > 0 || !job.template ? writer.address : [gaps.street];
  return street.some((line) => line.includes(locality)) ? [name, ...street] : [name, ...street, locality];
}

function unnamed(job: Job): string {
  const { country } = job.letterCase;
  const place = job.campaign.places.get(country) ?? job.place;
  const { language } = job.letterCase;
  const name = place.name[language as ReaderLanguage] ?? countryName(place.place, language);
  const locality = `${job.values.get('postcode')} ${job.values.get('town')}`;
  return fillPhrasing(
    job.words.unnamed[job.place.layout],
    new Map([
      ['locality', locality],
      ['country', name],
    ]),
  );
}

function signature(job: Job): string {
  const { writer } = job.letterCase;
  if (writer.identity !== 3) return writer.name || job.words.gaps.name;
  return unnamed(job);
}

// Another address than the chamber's (an office in the constituency) keeps the chamber's line for the name.
function recipientLines(job: Job): string[] {
  const lines = job.chamber.addressee.get(job.letterCase.language) ?? [];
  const filled = lines
    .filter((line) => line.fields.every((field) => job.values.get(field)))
    .map((line) => fillPhrasing(line, job.values));
  const { address } = job.letterCase.representative;
  return address ? [...filled.slice(0, 1), ...address] : filled;
}

function fillDateLine(job: Job): string {
  const date = writeDay(job.language, job.place.layout, job.letterCase.date);
  return fillPhrasing(
    job.words.dateLine[job.place.layout],
    new Map([
      ['date', date],
      ['town', job.values.get('town') ?? ''],
    ]),
  );
}

function byGender<T>(
  forms: ReadonlyMap<string, Readonly<Record<Gender, T>>>,
  language: string,
  gender: Gender,
): T {
  const form = forms.get(language);
  if (!form) throw new RangeError(`no form of address in ${language}`);
  return form[gender];
}

function sourceLine(job: Job, source: Source): string {
  const { source: dated, undatedSource } = job.words;
  const values = new Map([
    ['publisher', source.publisher],
    ['title', source.title],
  ]);
  if (!source.date) return fillPhrasing(undatedSource, values);
  const date = isDay(source.date) ? writeDay(job.language, job.place.layout, source.date) : source.date;
  return fillPhrasing(dated, new Map([...values, ['date', date]]));
}

function choicesOf(campaign: Campaign, wording: Wording): Choices {
  const options = [wording.subject, ...wording.parts.values()];
  return {
    version: campaign.version,
    order: wording.order,
    phrasings: Object.fromEntries(options.map((option) => [option.paragraph, option.index])),
    facts: wording.facts.map((fact) => fact.id),
  };
}

function changedSince(before: Choices, after: Choices): string[] {
  return Object.entries(after.phrasings)
    .filter(([paragraph, index]) => before.phrasings[paragraph] !== index)
    .map(([paragraph]) => paragraph);
}

/** The ids of the wordings a letter is made of: what an office's earlier letters are compared by. */
export function phrasingIds(choices: Choices): string[] {
  return Object.entries(choices.phrasings).map(([paragraph, index]) => phrasingId(paragraph, index));
}
