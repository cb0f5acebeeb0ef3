import type { Campaign } from '../../campaign/campaign-types.ts';
import { hasKind, type LetterKind } from '../../campaign/letter-kinds.ts';
import { addDays, type Day } from '../../shared/clock.ts';
import type { Choices } from '../compose/choose-wording.ts';
import type { LetterContent } from '../letter-content.ts';
import type { Letter } from '../letter-store.ts';
import { mayBeRenewed } from '../renew-letters.ts';

/** A letter that could follow: its kind, and everything the way to it begins with, as hidden fields. */
export type NextLetter = {
  readonly kind: LetterKind;
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

/** An office is not reminded sooner; answers take their time. */
const daysBeforeReminder = 14;

/**
 * Which letters may follow one that has gone out: thanks for an answer, a reminder where none came, and a request for
 * a meeting; none of a kind that the thread has already. One that ended unsent may be written anew.
 * @param thread every letter of its thread @param answered whether the writer told of an answer
 */
export function nextLetters(
  campaign: Campaign,
  letter: Letter,
  content: LetterContent | null,
  also: { readonly thread: readonly Letter[]; readonly answered: boolean; readonly today: Day },
): NextLetter[] {
  if (mayBeRenewed(letter, also.thread)) return [renewed(letter, content)];
  const subject = content?.subject ?? subjectOf(campaign, letter);
  const isFirst = letter.kind === 'first' || letter.kind === 'renewed';
  if (!isFirst || !hasGoneOut(letter) || subject === null) return [];
  const waited = addDays(letter.letterDay, daysBeforeReminder) <= also.today;
  const fitting: LetterKind[] = also.answered ? ['thanks', 'meeting'] : waited ? ['reminder', 'meeting'] : [];
  const texts = campaign.letters.get(letter.language);
  return fitting
    .filter((kind) => hasKind(texts, kind))
    .filter((kind) => !also.thread.some((one) => one.kind === kind && mayStillCount(one)))
    .map((kind) => ({
      kind,
      action: pathTo(letter, 'words'),
      fields: fieldsOf(letter, content, kind, subject),
    }));
}

// Where the text is gone, so is the name of a representative who was typed in: the way begins with them.
function renewed(letter: Letter, content: LetterContent | null): NextLetter {
  const known = letter.seatId !== null || content !== null;
  return {
    kind: 'renewed',
    action: pathTo(letter, known ? 'words' : 'representative'),
    fields: toFields({
      kind: 'renewed',
      ...aboutOf(letter, content),
      name: content?.letterCase.writer.name ?? '',
      own: content?.letterCase.ownWords ?? '',
    }),
  };
}

function pathTo({ country }: Letter, step: 'words' | 'representative'): string {
  return `/${country.toLowerCase()}/write/${step}`;
}

function hasGoneOut({ state }: Letter): boolean {
  return state === 'submitted' || state === 'sent-by-you' || state === 'uncertain';
}

// What was never confirmed may be anybody's: it takes nothing from the writer.
function mayStillCount({ state }: Letter): boolean {
  return !['awaiting-confirmation', 'expired', 'withdrawn', 'failed'].includes(state);
}

// After its text has gone a letter's subject can still be told from the choices, unless it named a place.
function subjectOf(campaign: Campaign, letter: Letter): string | null {
  const { phrasings } = JSON.parse(letter.choices) as Choices;
  const texts = campaign.letters.get(letter.language);
  for (const [id, index] of Object.entries(phrasings)) {
    const phrasing = /\.subject(?:\.|$)/.test(id) ? texts?.get(id)?.[index] : undefined;
    if (phrasing && phrasing.fields.length === 0) return phrasing.text;
  }
  return null;
}

function fieldsOf(letter: Letter, content: LetterContent | null, kind: LetterKind, subject: string) {
  const writer = content?.letterCase.writer;
  return toFields({
    kind,
    ...aboutOf(letter, content),
    firstDate: letter.letterDay,
    firstSubject: subject,
    name: writer?.name ?? '',
    postcode: writer?.postcode ?? '',
    town: writer?.town ?? '',
  });
}

/** Whom a letter is for, and what it is about. */
function aboutOf(letter: Letter, content: LetterContent | null) {
  const representative = content?.letterCase.representative;
  const typedIn = letter.seatId === null && representative;
  return {
    ask: letter.ask,
    to: letter.place === letter.country ? '' : letter.place,
    letterLanguage: letter.language,
    seat: letter.seatId ?? '',
    ...(typedIn && {
      representative: representative.name,
      chamber: representative.chamber,
      constituency: representative.constituency ?? '',
      gender: representative.gender,
    }),
  };
}

function toFields(fields: Readonly<Record<string, string>>): NextLetter['fields'] {
  return Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [{ name, value }]));
}
