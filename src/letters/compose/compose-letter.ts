import type { Campaign, Fact, ReaderLanguage, Source } from '../../campaign/campaign-types.ts';
import { fillPhrasing } from '../../campaign/compile-phrasing.ts';
import { countWords, measureText } from '../../campaign/count-words.ts';
import type { Layout } from '../../campaign/layouts.ts';
import { type LetterKind, laterPlans } from '../../campaign/letter-kinds.ts';
import { mayBeSaid } from '../../campaign/may-be-said.ts';
import { writeDay } from '../../campaign/write-day.ts';
import type { Day } from '../../shared/clock.ts';
import { cleanLines } from '../../shared/text.ts';
import { blockTexts } from './blocks.ts';
import { chooseLater } from './choose-later.ts';
import { type Choices, chooseWording, orders, type Wording } from './choose-wording.ts';
import type { Option } from './fit-phrasings.ts';
import { layOutLetter } from './lay-out-letter.ts';
import type { LetterCase } from './letter-case.ts';
import { seededRandom } from './seeded-random.ts';
import { type ComposeOptions, factFields, type Job, takeJob, withFact } from './take-job.ts';
import { byGender, fillDateLine, recipientLines, senderLines, signature, sourceLine } from './write-frame.ts';

export type ParagraphRole =
  | 'opening'
  | 'link'
  | 'later'
  | 'ask'
  | 'own-words'
  | 'fact'
  | 'why'
  | 'request'
  | 'close';
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
  readonly kind: LetterKind;
  readonly language: string;
  readonly date: Day;
  readonly seed: string | number;
  /** Lines of the block at the top. */
  readonly sender: readonly string[];
  readonly recipient: readonly string[];
  readonly subject: string;
  readonly salutation: string;
  readonly paragraphs: readonly Paragraph[];
  /** The paragraphs as they stand on the page, those of one block together. */
  readonly blocks: readonly string[];
  readonly closing: string;
  /** The whole letter as plain text. */
  readonly text: string;
  readonly facts: readonly { readonly id: string; readonly source: Source }[];
  /** Words (or characters: `TextLength`) from opening to close, the writer's own among them. */
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
  const { length } = job.language;
  const measure = (values: Iterable<readonly [string, string]>) =>
    new Map([...values].map(([field, value]) => [field, measureText(value, length)]));
  const valueWords = measure(job.values);
  // Every day has three words, but not as many characters.
  valueWords.set('day', measureText(writeDay(job.language, place.layout, date), length));
  const factWords = (fact: Fact) =>
    length.unit === 'words'
      ? valueWords
      : new Map([...valueWords, ...measure(Object.entries(factFields(fact, job, job.language)))]);
  const { kind } = letterCase;
  const random = seededRandom(
    [seed, place.place, ask, language, ...(laterPlans[kind] || kind === 'renewed' ? [kind] : [])].join('|'),
  );
  const source = { campaign, letterCase, said, used, valueWords, factWords, choices, length: length.tool };
  const plan = laterPlans[kind];
  const wording = plan ? chooseLater(source, plan, random) : chooseWording(source, random);
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
  const blocks = blockTexts(paragraphs, job.language.spaces);
  const choices = choicesOf(job.campaign, wording);
  return {
    country,
    place: place.place,
    ask,
    kind: letterCase.kind,
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
    blocks,
    text: layOutLetter(parts, blocks),
    facts: wording.facts.map(({ id, source }) => ({ id, source })),
    ...countOf(job, paragraphs, wording),
    subjectReading: readingOf(job, wording.subject.paragraph, null),
    paper: place.paper,
    sources: [...new Set(toldSources(job, wording).map((source) => sourceLine(job, source)))],
    choices,
    changed: before ? changedSince(before, choices) : [],
  };
}

// Whatever the letter tells as having happened, or names a year of: its facts, what this country has done or said,
// and what its request goes by.
function toldSources({ campaign, place, letterCase }: Job, wording: Wording): Source[] {
  const { ask } = letterCase;
  const told = (['why', 'request'] as const).map((role) => {
    const option = wording.parts.get(role);
    const statements = [...place.asks[ask].paragraphs[role], ...(campaign.acted.get(`${ask}.${role}`) ?? [])];
    const statement = statements.find(({ id }) => id === option?.paragraph);
    const tells = statement?.tense === 'past' || /\d{4}/.test(option?.phrasing.text ?? '');
    return tells ? campaign.sources.get(statement?.source ?? '') : undefined;
  });
  return [...wording.facts.map((fact) => fact.source), ...told].filter((source) => source !== undefined);
}

function writeParagraphs(job: Job, wording: Wording): Paragraph[] {
  const part = (role: ParagraphRole, block: number): Paragraph[] => {
    const option = wording.parts.get(role);
    return option ? [toolParagraph(job, role, block, option, null)] : [];
  };
  const middle = orders[wording.order].flatMap((role, place) => {
    if (role === 'own-words') return ownParagraphs(job, place + 1);
    if (role === 'fact') return factParagraphs(job, wording, place + 1);
    return part(role, place + 1);
  });
  return [
    ...part('opening', 0),
    ...linkParagraph(job),
    ...part('later', 0),
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

// A letter of thanks may be without.
function ownParagraphs(job: Job, block: number): Paragraph[] {
  const own = cleanLines(job.letterCase.ownWords);
  const open = job.template;
  if (own === '' && !open && laterPlans[job.letterCase.kind]?.needsOwnWords === false) return [];
  const reading = Object.fromEntries(job.readers.map(({ id, language }) => [id, open ? language.gap : own]));
  return [{ id: 'own-words', role: 'own-words', block, text: open ? job.language.gap : own, reading }];
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
  const ownWords = own.reduce((sum, { text }) => sum + measureText(text, job.language.length), 0);
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
