import {
  type ActInForce,
  type Campaign,
  type Chamber,
  type Fact,
  type LanguageWords,
  type LetterWords,
  type Place,
  type ReaderLanguage,
  readerLanguages,
  type Used,
} from '../../campaign/campaign-types.ts';
import type { FieldValues } from '../../campaign/compile-phrasing.ts';
import { dayToReplyBy, wholeYears, writeCount, writeDay } from '../../campaign/write-day.ts';
import type { Day } from '../../shared/clock.ts';
import type { Choices } from './choose-wording.ts';
import type { LetterCase } from './letter-case.ts';

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

/** A case with everything of the campaign that its letter is written with. */
export type Job = {
  readonly campaign: Campaign;
  readonly place: Place;
  readonly chamber: Chamber;
  readonly words: LetterWords;
  readonly language: LanguageWords;
  readonly letterCase: LetterCase;
  readonly template: boolean;
  readonly replyBy: Day;
  readonly readers: readonly Reader[];
  readonly values: ReadonlyMap<string, string>;
};

type Reader = { readonly id: ReaderLanguage; readonly language: LanguageWords; readonly values: FieldValues };

/** @throws RangeError where the campaign has no such letters. */
export function takeJob(campaign: Campaign, given: LetterCase, options: ComposeOptions): Job {
  const place = campaign.places.get(given.place);
  const chamber = place?.chambers.find((one) => one.id === given.representative.chamber);
  const language = campaign.languages.get(given.language);
  if (!place || !chamber || !language?.letter) {
    throw new RangeError(`no letters in ${given.language} to ${given.place} ${given.representative.chamber}`);
  }
  const letterCase = { ...given, date: options.day ?? given.date, seed: options.seed ?? given.seed };
  const template = options.template ?? false;
  const replyBy = dayToReplyBy(letterCase.date);
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
    ...firstLetter(job, language),
  ]);
}

function firstLetter({ letterCase, place, template }: Settled, language: LanguageWords) {
  const { first } = letterCase;
  if (first)
    return [
      ['first-date', writeDay(language, place.layout, first.date)],
      ['first-subject', first.subject],
    ] as const;
  return template
    ? ([
        ['first-date', '…'],
        ['first-subject', '…'],
      ] as const)
    : [];
}

/** The values of a fact's phrasings: its own day, and the years since. */
export function withFact(values: FieldValues, fact: Fact, job: Job, language: LanguageWords): FieldValues {
  const own = factFields(fact, job, language);
  return { get: (field) => (Object.hasOwn(own, field) ? own[field] : values.get(field)) };
}

/** What only a fact's own phrasings can name. */
export function factFields(fact: Fact, job: Job, language: LanguageWords): Readonly<Record<string, string>> {
  if (!fact.day) return {};
  const years = wholeYears(fact.day, job.letterCase.date);
  return { day: writeDay(language, job.place.layout, fact.day), years: writeCount(language, years) };
}
