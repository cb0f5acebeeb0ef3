import { parse } from 'cookie';
import type { Request, Response } from 'express';

/** A cookie that holds a secret of its bearer: no script reads it, no other host and no other site gets it. */
export type SecretCookie = {
  read(req: Request): string | null;
  set(res: Response, value: string): void;
  clear(res: Response): void;
};

/** @param given.maxAge milliseconds; without, until the browser is closed. */
export function createSecretCookie(given: {
  readonly name: string;
  readonly production: boolean;
  readonly sameSite: 'strict' | 'lax';
  readonly maxAge?: number;
}): SecretCookie {
  const { production, sameSite, maxAge } = given;
  // Browsers take the __Host- prefix only over https (security S-27).
  const name = production ? `__Host-${given.name}` : given.name;
  const options = { httpOnly: true, secure: production, sameSite, path: '/' } as const;
  return {
    read: (req) => parse(req.headers.cookie ?? '')[name] ?? null,
    set: (res, value) =>
      void res.cookie(name, value, maxAge === undefined ? options : { ...options, maxAge }),
    clear: (res) => void res.clearCookie(name, options),
  };
}
