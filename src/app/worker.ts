import type { Logger } from '../shared/logger.ts';
import { describeError } from '../shared/logger.ts';

/** One thing the worker does again and again. */
export type Duty = {
  readonly name: string;
  /** Milliseconds from the end of one run to the start of the next. */
  readonly every: number;
  run(): Promise<unknown>;
};

export type Worker = {
  /** Runs a duty soon, without waiting for its turn. */
  hurry(name: string): void;
  /** Lets running duties end and starts no more. */
  stop(): Promise<void>;
};

/** Runs each duty in a loop of its own; a duty that fails is logged and tried again at its next turn. */
export function startWorker(duties: readonly Duty[], logger: Logger): Worker {
  const loops = new Map(duties.map((duty) => [duty.name, startLoop(duty, logger)]));
  return {
    hurry: (name) => loops.get(name)?.hurry(),
    async stop() {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
    },
  };
}

function startLoop(duty: Duty, logger: Logger) {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let hurried = false;
  let stopped = false;

  const turn = () => {
    timer = null;
    hurried = false;
    running = runOnce(duty, logger).then(() => {
      running = null;
      if (!stopped) plan(hurried ? 0 : duty.every);
    });
  };
  const plan = (delay: number) => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(turn, delay);
  };
  plan(0);

  return {
    hurry() {
      hurried = true;
      if (!running && !stopped) plan(0);
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

async function runOnce(duty: Duty, logger: Logger): Promise<void> {
  try {
    await duty.run();
  } catch (error) {
    logger.error('duty failed', { kind: duty.name, error: describeError(error) });
  }
}
