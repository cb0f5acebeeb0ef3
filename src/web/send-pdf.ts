import type { Response } from 'express';

/** Answers with a PDF to save. The name says nothing of what is in it, and no browser keeps a copy. */
export function sendPdf(res: Response, pdf: Buffer): void {
  res.set('Content-Disposition', 'attachment; filename="letter.pdf"').set('Cache-Control', 'no-store');
  res.type('application/pdf').send(pdf);
}
