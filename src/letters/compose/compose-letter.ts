import type { Campaign, Fact, Layout, ReaderLanguage, Source } from '../../campaign/campaign-types.ts';
import { fillPhrasing } from '../../campaign/compile-phrasing.ts';
import { countWords } from '../../campaign/count-words.ts';
import { mayBeSaid } from '../../campaign/may-be-said.ts';
import { writeDay } from '../../campaign/write-day.ts';
import type { Day } from '../../shared/clock.ts';
import { cleanLines } from '../../shared/text.ts';
import { blockTexts } from './blocks.ts';
import { type Choices, chooseWording, orders, type Wording } from './choose-wording.ts';
import type { Option } from './fit-phrasings.ts';
import { layOutLetter } from './lay-out-letter.ts';
import type { LetterCase } from './letter-case.ts';
import { seededRandom } from './seeded-random.ts';
import { type ComposeOptions, type Job, takeJob, withFact } from './take-job.ts';
import { byGender, fillDateLine, recipientLines, senderLines, signature, sourceLine } from './write-frame.ts';

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
  /** A line for each source, in the letter's language: for a footnote or the back. */
  readonly sources: readonly string[];
  readonly choices: Choices;
  /** Ids of paragraphs that differ from the choices handed in; empty where none were. */
  readonly changed: readonly string[];
};

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
  const choices = choicesOf(job.campaign, wording);
  const counts = countOf(job, paragraphs, wording);
  return {
    country,
    place: place.place,
    ask,
    language,
    date,
    seed,
    layout: parts.layout,
    sender: parts.sender,
    recipient: parts.recipient,
    dateLine: parts.dateLine,
    subjectLine: parts.subjectLine,
    salutation: parts.salutation,
    closing: parts.closing,
    signature: parts.signature,
    subject,
    paragraphs,
    text: layOutLetter(parts, blockTexts(paragraphs)),
    facts: wording.facts.map(({ id, source }) => ({ id, source })),
    words: counts.words,
    toolWords: counts.toolWords,
    ownWords: counts.ownWords,
    subjectReading: readingOf(job, wording.subject.paragraph, null),
    paper: place.paper,
    sources: toldSources(job, wording).map((source) => sourceLine(job, source)),
    choices,
    changed: before ? changedSince(before, choices) : [],
  };
}

// Whatever the letter tells as having happened: its facts, and what this country has done or said.
function toldSources({ campaign, place, letterCase }: Job, wording: Wording): Source[] {
  const { ask } = letterCase;
  const id = wording.parts.get('why')?.paragraph;
  const statements = [...place.asks[ask].paragraphs.why, ...(campaign.acted.get(`${ask}.why`) ?? [])];
  const why = statements.find((statement) => statement.id === id && statement.tense === 'past');
  const sources = [...wording.facts.map((fact) => fact.source), campaign.sources.get(why?.source ?? '')];
  return [...new Set(sources.filter((source) => source !== undefined))];
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
  const read: Partial<Record<ReaderLanguage, string>> = {};
  for (const { id, language, values } of job.readers) {
    const reading = job.campaign.readings[id].get(paragraph);
    if (!reading) throw new RangeError(`no reading text of ${paragraph} in ${id}`);
    read[id] = fillPhrasing(reading, fact ? withFact(values, fact, job, language) : values);
  }
  return read;
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

function countOf(job: Job, paragraphs: readonly Paragraph[], wording: Wording): Counts {
  const toolWords = wording.words;
  const isOwn = ({ role }: Paragraph) => role === 'link' || (role === 'own-words' && !job.template);
  const own = paragraphs.filter(isOwn);
  const ownWords = own.reduce((sum, { text }) => sum + countWords(text), 0);
  return { words: toolWords + ownWords, toolWords, ownWords };
}

type Counts = Pick<ComposedLetter, 'words' | 'toolWords' | 'ownWords'>;

function choicesOf(campaign: Campaign, wording: Wording): Choices {
  const { subject } = wording;
  const phrasings: Record<string, number> = { [subject.paragraph]: subject.index };
  for (const { paragraph, index } of wording.parts.values()) phrasings[paragraph] = index;
  return {
    version: campaign.version,
    order: wording.order,
    phrasings,
    facts: wording.facts.map((fact) => fact.id),
  };
}

function changedSince(before: Choices, after: Choices): string[] {
  return Object.entries(after.phrasings)
    .filter(([paragraph, index]) => before.phrasings[paragraph] !== index)
    .map(([paragraph]) => paragraph);
}
