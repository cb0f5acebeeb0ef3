import type { Clock } from '../../src/shared/clock.ts';

export type FakeClock = Clock & {
  set(moment: string | number): void;
  advance(ms: number): void;
};

/** A clock that stands still until it is moved. */
export function fakeClock(start: string | number = '2026-11-23T10:00:00Z'): FakeClock {
  let now = typeof start === 'number' ? start : Date.parse(start);
  return {
    now: () => now,
    set(moment) {
      now = typeof moment === 'number' ? moment : Date.parse(moment);
    },
    advance(ms) {
      now += ms;
    },
  };
}
