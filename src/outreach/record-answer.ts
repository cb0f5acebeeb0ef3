import { appendAudit } from '../audit/audit.ts';
import type { Tx } from '../database/connect.ts';
import type { Actor } from '../shared/actor.ts';
import { appendEvents } from './append-events.ts';
import { hasEvent } from './outreach-store.ts';

export type AnsweredThread = {
  readonly threadId: string;
  readonly country: string;
  readonly seatId: string | null;
  readonly ask: string;
};

/** Records that an office answered a thread, as the writer tells; told twice, it happened once. */
export async function recordAnswer(tx: Tx, actor: Actor, thread: AnsweredThread, now: number): Promise<void> {
  if (await hasEvent(tx, thread.threadId, 'answered')) return;
  await appendEvents(tx, actor, [
    { ...thread, letterId: null, kind: 'answered', fromState: null, toState: null, at: now },
  ]);
  const entry = {
    action: 'answer recorded',
    subjectKind: 'thread',
    subjectId: thread.threadId,
    country: thread.country,
  };
  await appendAudit(tx, actor, [entry], now);
}
