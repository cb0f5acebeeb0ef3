import type { Day } from '../shared/clock.ts';
import type { Phrasing } from './compile-phrasing.ts';
import type { TextLength } from './count-words.ts';
import type { Layout } from './layouts.ts';

export const askIds = ['visa-sanctions', 'institutional-support', 'asset-freeze', 'asylum'] as const;
export type AskId = (typeof askIds)[number];

/** The languages a supporter reads; letters have languages of their own. */
export const readerLanguages = ['km', 'en', 'fr'] as const;
export type ReaderLanguage = (typeof readerLanguages)[number];
export type LetterLanguage = string;

export const genders = ['f', 'm', 'x', 'unknown'] as const;
export type Gender = (typeof genders)[number];

/** The parts of a letter for which a playbook has statements of its own. */
export const statementRoles = ['subject', 'ask', 'why', 'request'] as const;
export type StatementRole = (typeof statementRoles)[number];

export const statusValues = ['in-force', 'possible', 'partly', 'needs-law', 'not-offered'] as const;
export type StatusValue = (typeof statusValues)[number];

export type Confidence = 'high' | 'medium';
export type Tense = 'past' | 'present';
export type InReaderLanguages = Readonly<Record<ReaderLanguage, string>>;

/** Where a claim was read. `date` is the source's own, where it bears one. */
export type Source = {
  readonly key: string;
  readonly publisher: string;
  readonly title: string;
  readonly date: string | null;
  readonly read: Day;
  readonly url: string | null;
};

/** When something may be said, and how sure we are of it. */
export type Validity = {
  readonly from: Day;
  readonly until: Day | null;
  readonly checked: Day;
  /** Said in the present tense only until this day. */
  readonly recheck: Day | null;
  readonly confidence: Confidence;
};

export type Fact = Validity & {
  readonly id: string;
  /** Id of its texts: `fact.<id>`. */
  readonly paragraph: string;
  readonly research: string;
  readonly asks: readonly AskId[];
  readonly places: 'all' | readonly string[];
  readonly notPlaces: readonly string[];
  readonly day: Day | null;
  readonly tense: Tense;
  readonly group: string;
  readonly source: Source;
};

export type Statement = Validity & {
  readonly id: string;
  readonly tense: Tense;
  readonly rank: number;
  readonly source: string;
  /** Groups of facts, and other events by a name of their own, that it tells itself: no letter tells them twice. */
  readonly tells: readonly string[];
};

export type LocalStatus = Validity & { readonly value: StatusValue; readonly source: string };

export type Chamber = {
  readonly id: string;
  readonly seats: number;
  readonly level: string;
  /** One member for a constituency, or several for a region (senators of a state). */
  readonly constituencyKind: 'constituency' | 'region';
  readonly name: InReaderLanguages;
  readonly member: InReaderLanguages;
  readonly addressee: ReadonlyMap<LetterLanguage, readonly Phrasing[]>;
  readonly salutation: ReadonlyMap<LetterLanguage, Readonly<Record<Gender, Phrasing>>>;
  readonly closing: ReadonlyMap<LetterLanguage, Readonly<Record<Gender, Phrasing>>>;
  readonly statement: Validity & { readonly source: string };
};

export type PlaceAsk = {
  readonly status: readonly LocalStatus[];
  readonly paragraphs: Readonly<Record<StatementRole, readonly Statement[]>>;
};

export type Place = {
  readonly place: string;
  readonly name: InReaderLanguages;
  readonly region: string;
  /** None where no letters go. */
  readonly languages: readonly LetterLanguage[];
  /** Whose letters are usually in which language, where the place has several. */
  readonly languageBy: {
    readonly constituency: ReadonlyMap<LetterLanguage, readonly string[]>;
    readonly country: ReadonlyMap<LetterLanguage, readonly string[]>;
  };
  /** Null where everyone may write; else why not, and who can change that. */
  readonly closed: Closed | null;
  readonly timeZone: string;
  readonly paper: 'a4' | 'letter';
  readonly layout: Layout;
  readonly findMember: { readonly name: string; readonly url: string };
  /** When offices of its members are usually open on working days, local time, HH:MM. */
  readonly officeHours: { readonly from: string; readonly until: string; readonly confidence: Confidence };
  readonly answers: InReaderLanguages;
  readonly postage: InReaderLanguages;
  readonly privacyLaw: InReaderLanguages;
  readonly chambers: readonly Chamber[];
  readonly asks: Readonly<Record<AskId, PlaceAsk>>;
};

/** Why a place is not offered: never, or until this campaign switches it on. */
export type Closed = { readonly until: 'never' | 'switched-on'; readonly reason: InReaderLanguages };

/** What the interface says of an ask; also for countries without a playbook. */
export type Ask = {
  readonly id: AskId;
  readonly order: number;
  readonly name: InReaderLanguages;
  readonly limit: InReaderLanguages;
  readonly points: Readonly<Record<ReaderLanguage, readonly string[]>>;
  /** Words of which the ask paragraph of every letter must bear one of each list, by letter language. */
  readonly limitWords: ReadonlyMap<LetterLanguage, readonly (readonly string[])[]>;
};

export const warningSteps = [
  'ask',
  'own-words',
  'preview',
  'keep',
  'send',
  'after',
  'join',
  'organizers',
] as const;
export type WarningStep = (typeof warningSteps)[number];

export type Warning = {
  readonly id: string;
  readonly step: WarningStep;
  readonly text: InReaderLanguages;
  /** Shown only for these places; null = everywhere. */
  readonly places: readonly string[] | null;
};

/** How a language writes days, numbers and the furniture of a letter. */
export type LanguageWords = {
  readonly language: string;
  /** The language whose texts serve where this one has none; null for most. */
  readonly base: string | null;
  /** Whether words and sentences stand apart; not so in Japanese. */
  readonly spaces: boolean;
  readonly length: TextLength;
  readonly months: readonly string[];
  readonly day: Readonly<Record<Layout, string>>;
  readonly firstDay: string | null;
  readonly digits: string | null;
  readonly numbers: readonly string[] | null;
  /** Only for languages letters are written in. */
  readonly letter: LetterWords | null;
  /** What stands for the own words in a template, as its reading text. */
  readonly gap: string;
};

export type LetterWords = {
  /** The line that bears the subject; `{{subject}}`. */
  readonly subject: Readonly<Record<Layout, Phrasing>>;
  /** `{{date}}`, `{{town}}`. */
  readonly dateLine: Readonly<Record<Layout, Phrasing>>;
  /** Written in place of a name under identity level 3; `{{locality}}`, `{{country}}`. */
  readonly unnamed: Readonly<Record<Layout, Phrasing>>;
  /** How a name is signed. */
  readonly signature: Phrasing;
  /** What a template shows in place of what the writer fills in by hand. */
  readonly gaps: Readonly<Record<'name' | 'street' | 'postcode' | 'town' | 'representative', string>>;
  /** A fact's source; `{{publisher}}`, `{{title}}`, `{{date}}`. */
  readonly source: Phrasing;
  readonly undatedSource: Phrasing;
};

export type ForbiddenClaim = {
  readonly id: string;
  readonly why: string;
  readonly languages: readonly LetterLanguage[];
  readonly asks: readonly AskId[] | null;
  readonly places: readonly string[] | null;
  /** Forbidden in letters of these days only; null = open. */
  readonly from: Day | null;
  readonly until: Day | null;
  /** A sentence makes the claim where it holds one of each list, folded, and none of `unless`. */
  readonly words: readonly (readonly string[])[];
  readonly unless: readonly string[];
};

/** Word lists by which own words are checked; see letters/own-words. */
export type OwnWordsLists = Readonly<Record<string, readonly string[]>>;
export type OwnWordsRules = {
  readonly sentences: ReadonlyMap<string, InReaderLanguages>;
  readonly lists: ReadonlyMap<LetterLanguage, OwnWordsLists>;
  readonly everywhere: OwnWordsLists;
};

/** Every text of a letter language by paragraph id. */
export type Texts = ReadonlyMap<string, readonly Phrasing[]>;
export type Readings = ReadonlyMap<string, Phrasing>;

/** All that letters are made of, checked and compiled; the same for as long as the process runs. */
export type Campaign = {
  /** Hash of all the content: letters composed under another version may differ. */
  readonly version: string;
  readonly asks: readonly Ask[];
  readonly facts: readonly Fact[];
  readonly places: ReadonlyMap<string, Place>;
  /** Places with a playbook that are not offered here. */
  readonly closed: ReadonlyMap<string, Place>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly warnings: readonly Warning[];
  readonly languages: ReadonlyMap<string, LanguageWords>;
  readonly letters: ReadonlyMap<LetterLanguage, Texts>;
  readonly readings: Readonly<Record<ReaderLanguage, Readings>>;
  /** Statements for a place whose government has acted, by `<ask>.<role>`; used where an act is handed in. */
  readonly acted: ReadonlyMap<string, readonly Statement[]>;
  readonly forbidden: readonly ForbiddenClaim[];
  readonly ownWords: OwnWordsRules;
};

/** A government has done what an ask wants (law, listing, funds stopped), as organizers recorded it. */
export type ActInForce = {
  readonly place: string;
  readonly ask: AskId;
  readonly from: Day;
  readonly until: Day | null;
};

/** What an office has had before: how often each fact, and of each paragraph how often each phrasing. */
export type Used = {
  readonly facts: ReadonlyMap<string, number>;
  readonly phrasings: ReadonlyMap<string, readonly number[]>;
};

export function isAskId(text: string): text is AskId {
  return askIds.some((id) => id === text);
}
