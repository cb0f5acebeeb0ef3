/** The only fields a log line may have: ids, kinds and numbers, never a word a person typed (security S-103). */
export type LogFields = {
  readonly id?: string;
  readonly kind?: string;
  readonly country?: string;
  readonly state?: string;
  readonly status?: number;
  readonly count?: number;
  readonly ms?: number;
  readonly code?: string;
  readonly port?: number;
  /** The name of an error's class and where in our code it came from; never its message. */
  readonly error?: string;
};

export type Logger = {
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/** Writes one line of JSON an event. */
export function createLogger(write: (line: string) => void, now: () => number): Logger {
  const log =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  return { info: log('info'), error: log('error') };
}

/** What of an unknown error may be logged: its class and the first frame in our own code. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = /((?:src|migrations)\/[\w./-]+:\d+)/.exec(error.stack ?? '');
  return frame ? `${error.name} ${frame[1]}` : error.name;
}
