/** The expected failures, a closed list. Everything else is a bug and meets the last handler. */
export type FailureKind =
  | 'not-found' // 404: no such thing, or not yours: the two look the same
  | 'link-invalid' // 404: a mailed link that is wrong, used, expired or of another purpose (security S-06)
  | 'not-allowed' // 403
  | 'conflict' // 409: someone was faster, or the state does not allow it
  | 'too-many' // 429
  | 'busy'; // 503: the database was locked for longer than we wait

export const statusOf: Readonly<Record<FailureKind, number>> = {
  'not-found': 404,
  'link-invalid': 404,
  'not-allowed': 403,
  conflict: 409,
  'too-many': 429,
  busy: 503,
};

/** An expected failure. Its message is for the log and carries no personal data. */
export class Failure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string = kind) {
    super(message);
    this.name = 'Failure';
    this.kind = kind;
  }
}

/** Wrong use of a command, a wrong setting, a wrong file: one line for the person, exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
