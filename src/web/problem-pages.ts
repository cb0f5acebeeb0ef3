import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { Failure, type FailureKind, statusOf } from '../shared/errors.ts';
import { describeError, type Logger } from '../shared/logger.ts';
import { sendPage } from './pages.ts';

/** The pages that tell of a problem; their words are `web:problem.<kind>`. */
export type Problem =
  | 'not-found'
  | 'link-invalid'
  | 'not-allowed'
  | 'not-yours'
  | 'conflict'
  | 'too-many'
  | 'busy'
  | 'too-large'
  | 'wrong-form'
  | 'wrong-method'
  | 'broken';

const problemOf: Readonly<Record<FailureKind, Problem>> = {
  'not-found': 'not-found',
  'link-invalid': 'link-invalid',
  'not-allowed': 'not-yours',
  conflict: 'conflict',
  'too-many': 'too-many',
  busy: 'busy',
};

/** A page that says what happened and what to do, in the reader's language. It never repeats what was sent. */
export function sendProblem(res: Response, status: number, problem: Problem, id: string | null = null): void {
  sendPage(res, 'web/problem', { problem, id, switchBy: 'link', switchPath: '/' }, status);
}

/** After all routes. */
export const notFound: RequestHandler = (_req, res) => sendProblem(res, 404, 'not-found');

/**
 * The last handler: the closed list of expected failures, what the form parser refuses, and everything else as
 * a page with a random number that the log knows too. The log gets class and place of the error, never its
 * message or the body that the parser attaches to it (security S-103, S-116).
 */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      logger.error('answer broken off', { error: describeError(error) });
      return next(new Error('answer broken off'));
    }
    try {
      answer(error, req, res, logger);
    } catch (second) {
      logger.error('error page failed', { error: describeError(second) });
      res
        .status(500)
        .set('Cache-Control', 'no-store')
        .type('text/plain')
        .send('Something broke on our side.\n');
    }
  };
}

function answer(error: unknown, req: Request, res: Response, logger: Logger): void {
  const status = refusalStatus(error);
  if (error instanceof Failure) answerFailure(error, req, res);
  else if (status === 413) sendProblem(res, 413, 'too-large');
  else if (status !== null) sendProblem(res, status, status === 404 ? 'not-found' : 'wrong-form');
  else answerBug(error, res, logger);
}

function answerBug(error: unknown, res: Response, logger: Logger): void {
  const id = randomBytes(5).toString('hex');
  logger.error('request failed', { id, status: 500, error: describeError(error) });
  sendProblem(res, 500, 'broken', id);
}

function answerFailure(failure: Failure, req: Request, res: Response): void {
  const { kind } = failure;
  if (kind === 'busy' || kind === 'too-many') res.set('Retry-After', '10');
  if (kind === 'busy' && req.method === 'POST') keepForm(req, res);
  else sendProblem(res, statusOf[kind], problemOf[kind]);
}

/** 503 with everything that was sent, to be sent again by one button; secrets are asked for again instead. */
function keepForm(req: Request, res: Response): void {
  const fields = Object.entries((req.body ?? {}) as Record<string, unknown>)
    .filter(([name, value]) => typeof value === 'string' && !/^(?:password|code)/.test(name))
    .map(([name, value]) => ({ name, value }));
  const action = req.originalUrl.split('?')[0];
  sendPage(res, 'web/busy', { action, fields, switchBy: 'link', switchPath: '/' }, 503);
}

/** 4xx of express and its parsers (too large, broken encoding, aborted); null for what is not theirs. */
function refusalStatus(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
