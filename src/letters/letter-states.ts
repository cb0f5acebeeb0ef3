import { addDays, type Day, day, hour, minute } from '../shared/clock.ts';

/** The life of a letter (DESIGN §5): where each state comes from, how long it may last, and what comes next. */
type Rule = {
  /** Milliseconds in this state, or 'letter-day' for a span from the day the letter bears; null: no limit. */
  readonly atMost: number | { readonly daysFromLetterDay: number } | null;
  /** The state that follows when the time is over; 'text-gone' stays and forgets the text. */
  readonly next: string | null;
  readonly mayMoveTo: readonly string[];
};

export const letterRules = {
  'awaiting-confirmation': {
    atMost: 72 * hour,
    next: 'expired',
    mayMoveTo: ['queued', 'ready-for-you', 'expired', 'withdrawn'],
  },
  queued: {
    atMost: { daysFromLetterDay: 14 },
    next: 'returned',
    mayMoveTo: ['sending', 'held', 'returned', 'failed', 'withdrawn'],
  },
  held: { atMost: 14 * day, next: 'returned', mayMoveTo: ['queued', 'returned', 'withdrawn'] },
  'ready-for-you': { atMost: 28 * day, next: 'expired', mayMoveTo: ['sent-by-you', 'expired', 'withdrawn'] },
  returned: { atMost: 28 * day, next: 'expired', mayMoveTo: ['expired', 'withdrawn'] },
  sending: {
    atMost: 15 * minute,
    next: 'uncertain',
    mayMoveTo: ['submitted', 'queued', 'failed', 'uncertain'],
  },
  uncertain: { atMost: 28 * day, next: 'text-gone', mayMoveTo: ['queued', 'submitted', 'withdrawn'] },
  submitted: { atMost: 28 * day, next: 'text-gone', mayMoveTo: ['bounced', 'withdrawn'] },
  'sent-by-you': { atMost: 28 * day, next: 'text-gone', mayMoveTo: ['withdrawn'] },
  failed: { atMost: 28 * day, next: 'text-gone', mayMoveTo: ['withdrawn'] },
  bounced: { atMost: 28 * day, next: 'text-gone', mayMoveTo: ['queued', 'withdrawn'] },
  withdrawn: { atMost: null, next: null, mayMoveTo: [] },
  expired: { atMost: null, next: null, mayMoveTo: [] },
} as const satisfies Record<string, Rule>;

export type LetterState = keyof typeof letterRules;

export const letterStates = Object.keys(letterRules) as LetterState[];

/** Whether a letter may go from one state to another: the only judge of it. */
export function mayMove(from: LetterState, to: LetterState): boolean {
  return (letterRules[from].mayMoveTo as readonly string[]).includes(to);
}

/** When the state's time is over, in milliseconds, or null. */
export function dueAt(state: LetterState, since: number, letterDay: Day): number | null {
  const { atMost } = letterRules[state];
  if (atMost === null) return null;
  if (typeof atMost === 'number') return since + atMost;
  return Date.parse(`${addDays(letterDay, atMost.daysFromLetterDay)}T00:00:00Z`);
}

/** In these states nobody needs the text any more: it goes with the move. */
export function forgetsText(state: LetterState): boolean {
  return state === 'expired' || state === 'withdrawn';
}

/** In these states another letter of the same kind may be begun. */
export function freesItsPlace(state: LetterState): boolean {
  return state === 'expired' || state === 'withdrawn' || state === 'failed';
}
