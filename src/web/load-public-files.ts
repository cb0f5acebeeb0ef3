import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

export type PublicFiles = {
  /** Name in the folder → address with the hash of the content: 'tokens.css' → '/files/tokens.1a2b3c4d5e.css'. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Answers the addresses from memory; passes everything else on. */
  readonly serve: RequestHandler;
};

type PublicFile = {
  readonly type: string;
  readonly bodies: Readonly<Record<'identity' | 'gzip' | 'br', Buffer | null>>;
};

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
};

/**
 * Reads the public folder once. Addresses carry the content's hash, so that a browser may keep a file for a
 * year and a release changes only what changed; `url("fonts/x.woff2")` in a style sheet is rewritten alike.
 */
export function loadPublicFiles(folder: string): PublicFiles {
  const addresses: Record<string, string> = {};
  const files = new Map<string, PublicFile>();
  for (const name of listFiles(folder)) {
    const content = readFileSync(join(folder, name));
    const body = name.endsWith('.css') ? rewriteAddresses(content, addresses) : content;
    const address = addressOf(name, body);
    addresses[name] = address;
    files.set(address, describe(name, body));
  }
  return { addresses, serve: serveFrom(files) };
}

/** Style sheets last: they name the others. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort(
      (one, other) => Number(one.endsWith('.css')) - Number(other.endsWith('.css')) || (one < other ? -1 : 1),
    );
}

function rewriteAddresses(content: Buffer, addresses: Readonly<Record<string, string>>): Buffer {
  const css = content.toString('utf8').replace(/url\("([^"]+)"\)/g, (_match, name: string) => {
    const address = addresses[name];
    if (!address) throw new Error(`a style sheet names "${name}", which is not a public file`);
    return `url("${address}")`;
  });
  return Buffer.from(compact(css));
}

/** Without comments and the white space between rules and declarations, which are for us and not for a phone. */
function compact(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*([{};])\s*/g, '$1')
    .trim();
}

function addressOf(name: string, body: Buffer): string {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const dot = name.lastIndexOf('.');
  return `/files/${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
}

function describe(name: string, body: Buffer): PublicFile {
  const type = types[name.slice(name.lastIndexOf('.') + 1)];
  if (!type) throw new Error(`public file "${name}" is of no known type`);
  const packed = type.startsWith('font/');
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  return {
    type,
    bodies: {
      identity: body,
      gzip: packed ? null : gzipSync(body),
      br: packed ? null : brotliCompressSync(body, quality),
    },
  };
}

function serveFrom(files: ReadonlyMap<string, PublicFile>): RequestHandler {
  return (req, res, next) => {
    const file = req.method === 'GET' || req.method === 'HEAD' ? files.get(req.path) : undefined;
    if (!file) return next();
    const accepted = req.acceptsEncodings('br', 'gzip');
    const encoding =
      accepted && file.bodies[accepted as 'br' | 'gzip'] ? (accepted as 'br' | 'gzip') : 'identity';
    if (encoding !== 'identity') res.set('Content-Encoding', encoding);
    res.vary('Accept-Encoding').set('Cache-Control', 'public, max-age=31536000, immutable');
    res.type(file.type).send(file.bodies[encoding] ?? file.bodies.identity);
  };
}
