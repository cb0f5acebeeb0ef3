import { Router } from 'express';
import { listOutbox, readOutbox } from '../mail/create-outbox-mailer.ts';
import { Failure } from '../shared/errors.ts';
import { sendPage } from '../web/pages.ts';

/** Development only: the mails that would have gone out. */
export function outboxRoutes(folder: string): Router {
  const router = Router();
  router.get('/outbox', async (_req, res) =>
    sendPage(res, 'app/outbox', { mails: await listOutbox(folder) }),
  );
  router.get('/outbox/:id', async (req, res) => {
    const mail = await readOutbox(folder, req.params.id);
    if (!mail) throw new Failure('not-found');
    sendPage(res, 'app/outbox-mail', { mail, links: linksIn(mail.text) });
  });
  return router;
}

function linksIn(text: string): string[] {
  return text.match(/https?:\/\/\S+/g) ?? [];
}
