import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { createViews } from '../../src/rendering/create-views.ts';
import { developmentOnly } from '../../src/web/development-only.ts';
import { onlyDeclaredMethods, serverLimits } from '../../src/web/limits.ts';
import { loadPublicFiles } from '../../src/web/load-public-files.ts';
import { usePages } from '../../src/web/pages.ts';
import { parseForms } from '../../src/web/parse-forms.ts';
import { sameOriginPosts } from '../../src/web/same-origin-posts.ts';
import { securityHeaders } from '../../src/web/security-headers.ts';
import { beMeasured } from './measured-process.ts';

/**
 * The same POST through the same express set-up (`createApp`), answered with a page of the same bytes that was
 * made before. Arguments: the repository's folder, a JSON file with the pages to send in turn.
 */
const [root = '.', file = ''] = process.argv.slice(2);
const pages = JSON.parse(readFileSync(file, 'utf8')) as string[];
const files = loadPublicFiles(join(root, 'src', 'web', 'public'));
const views = createViews(join(root, 'templates'));
let sent = 0;

const app = express();
app.set('etag', false);
app.set('query parser', 'simple');
app.disable('x-powered-by');
app.use(securityHeaders({ production: false }));
app.use(developmentOnly);
app.use(files.serve);
app.use(usePages({ views, files: files.addresses, development: true, demo: false }));
app.use(onlyDeclaredMethods);
app.use(sameOriginPosts());
app.use(...parseForms());
app.post('/:language/:country/write/preview', (req, res) => {
  if (!req.body.own) throw new Error('the form was not parsed');
  res
    .status(200)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(pages[sent++ % pages.length]);
});

const server = createServer(serverLimits, app).listen(0, '127.0.0.1', () => {
  beMeasured((server.address() as AddressInfo).port, () => server.close());
});
