import type { RequestHandler } from 'express';

const ownHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Development answers on this computer only: 421 to any other Host (a name pointed at 127.0.0.1 would let a
 * foreign page read it) and to what a proxy forwarded (then it is not development).
 */
export const developmentOnly: RequestHandler = (req, res, next) => {
  const host = (req.headers.host ?? '').replace(/:\d{1,5}$/, '').toLowerCase();
  const forwarded = Object.keys(req.headers).some(
    (name) => name === 'forwarded' || name === 'x-real-ip' || name.startsWith('x-forwarded-'),
  );
  if (ownHosts.has(host) && !forwarded) return next();
  res
    .status(421)
    .type('text/plain')
    .send('This copy is for trying out and answers only at http://localhost, without a proxy before it.\n');
};
