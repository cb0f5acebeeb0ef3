import { sql } from 'kysely';
import type { Tx } from '../database/connect.ts';

type Fault = { readonly counter: number; readonly events: number };
export type LetterCountFault = Fault & {
  readonly country: string;
  readonly ask: string;
  readonly state: string;
};
export type OfficeCountFault = Fault & {
  readonly country: string;
  readonly seatId: string;
  readonly state: string;
};

/**
 * Counts letters by country, ask and state again: each move in the event log adds to one state and takes from
 * another. One statement, so that counters and events are of one moment. @returns where the two differ.
 */
export async function recountLetters(tx: Tx): Promise<LetterCountFault[]> {
  const { rows } = await sql<LetterCountFault>`
    select country, ask, state, sum(counter) as counter, sum(events) as events
    from (
      select country, ask, state, n as counter, 0 as events from letter_counts
      union all
      select country, coalesce(ask, ''), to_state, 0, count(*) from events
        where to_state is not null group by country, ask, to_state
      union all
      select country, coalesce(ask, ''), from_state, 0, -count(*) from events
        where from_state is not null group by country, ask, from_state
    ) as both_counts
    group by country, ask, state having sum(counter) <> sum(events)
    order by country, ask, state`.execute(tx);
  return rows;
}

/** The same for letters by office and state. */
export async function recountOffices(tx: Tx): Promise<OfficeCountFault[]> {
  const { rows } = await sql<OfficeCountFault>`
    select country, seat_id as "seatId", state, sum(counter) as counter, sum(events) as events
    from (
      select country, seat_id, state, n as counter, 0 as events from office_counts
      union all
      select country, seat_id, to_state, 0, count(*) from events
        where seat_id is not null and to_state is not null group by country, seat_id, to_state
      union all
      select country, seat_id, from_state, 0, -count(*) from events
        where seat_id is not null and from_state is not null group by country, seat_id, from_state
    ) as both_counts
    group by country, seat_id, state having sum(counter) <> sum(events)
    order by country, seat_id, state`.execute(tx);
  return rows;
}
