import type { OutgoingMessage } from './message.ts';
import type { Verdict } from './smtp-verdict.ts';

/** Hands one message on. Never throws for what a server or the network does: that is a verdict. */
export type Mailer = {
  submit(message: OutgoingMessage): Promise<Verdict>;
  /** Waits for what is under way, then lets go of the connections. */
  close(): Promise<void>;
};
