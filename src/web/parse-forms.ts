import express, { type Request, type RequestHandler } from 'express';
import { normalizeNewlines } from '../shared/text.ts';
import { sendProblem } from './problem-pages.ts';

const formType = 'application/x-www-form-urlencoded';

/**
 * Parses the body of a POST into an object of texts: at most 64 kB and 60 fields, no field twice, control and
 * direction characters stripped (U+200B stays). A missing body is an empty form (security S-47).
 */
export function parseForms(): readonly RequestHandler[] {
  const parse = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 60 });
  return [refuseOtherTypes, parse, keepSingleTexts];
}

const refuseOtherTypes: RequestHandler = (req, res, next) => {
  if (hasBody(req) && !req.is(formType)) return sendProblem(res, 415, 'wrong-form');
  next();
};

const keepSingleTexts: RequestHandler = (req, res, next) => {
  const fields = Object.entries((req.body ?? {}) as Record<string, unknown>);
  if (fields.some(([, value]) => typeof value !== 'string')) return sendProblem(res, 400, 'wrong-form');
  req.body = Object.fromEntries(fields.map(([name, value]) => [name, strip(String(value))]));
  next();
};

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

function strip(text: string): string {
  return normalizeNewlines(text).replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    '',
  );
}
