/**
 * What can happen in a thread. `letter-…` events are moves of a letter and carry its two states;
 * the others are told by people or read from mail.
 */
export type OutreachEvent = {
  readonly threadId: string | null;
  readonly letterId: string | null;
  readonly country: string;
  readonly seatId: string | null;
  readonly ask: string | null;
  readonly kind: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  /** Milliseconds. */
  readonly at: number;
};
