import type { ServerOptions } from 'node:http';
import type { RequestHandler } from 'express';
import { sendProblem } from './problem-pages.ts';

/** For `createServer(serverLimits, app)`: slow and endless requests are cut off (security S-48). */
export const serverLimits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
};

/** Pages are opened (GET, HEAD) and forms are sent (POST); nothing else is declared anywhere. */
export const onlyDeclaredMethods: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD' || req.method === 'POST') return next();
  res.set('Allow', 'GET, HEAD, POST');
  sendProblem(res, 405, 'wrong-method');
};
