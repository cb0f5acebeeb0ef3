import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** The browser that comes with the dev dependencies, ready to be launched, or why there is none. */
export type BrowserForTests =
  | { readonly executable: string; readonly environment: Readonly<Record<string, string>> }
  | { readonly skip: string };

/**
 * Unpacks the browser once and finds out how it starts here. It needs NSS, which many servers do not have: then
 * the libraries of its own package are used, so that nothing is asked of the machine but a C library. In CI it
 * must start.
 */
export async function prepareBrowser(): Promise<BrowserForTests> {
  try {
    return start(await unpack());
  } catch (error) {
    if (process.env['CI']) throw error;
    return { skip: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--font-render-hinting=none',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** One browser for a test file; close it at the end. The package's own flags switch protections off: not used. */
export async function launchBrowser(browser: BrowserForTests): Promise<Browser> {
  if ('skip' in browser) throw new Error(browser.skip);
  const { executable, environment } = browser;
  return await chromium.launch({
    executablePath: executable,
    args: flags,
    env: { ...inherited(), ...environment },
  });
}

// Test files run side by side and runs follow each other: unpacked beside, put in place whole, kept for the next run.
async function unpack(): Promise<string> {
  const packed = join(import.meta.dirname, '..', '..', 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string };
  const cache = join(packed, '..', '..', '.cache');
  const folder = join(cache, `test-browser-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'unpacking-'));
  await inflateInto(fresh, join(packed, 'bin'));
  writeFileSync(join(fresh, 'fonts.conf'), fontSettings(join(folder, 'fonts')));
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

// The package unpacks into the temporary folder of the system, wherever that is at the moment of the call.
async function inflateInto(folder: string, packed: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  const unpacking = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((file) =>
    inflate(join(packed, file)),
  );
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await Promise.all(unpacking);
}

// No font of this machine: a page that forgets to bring its Khmer letters shows boxes on every machine alike.
function fontSettings(fonts: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${fonts}-cache</cachedir></fontconfig>
`;
}

function start(folder: string): BrowserForTests {
  const executable = join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const withLibraries = { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  const problem = tellsVersion(executable, fonts);
  if (problem === null) return { executable, environment: fonts };
  if (tellsVersion(executable, withLibraries) === null) return { executable, environment: withLibraries };
  throw new Error(`the browser does not start: ${problem}`);
}

function tellsVersion(executable: string, environment: Record<string, string>): string | null {
  try {
    execFileSync(executable, ['--version'], {
      env: { ...inherited(), ...environment },
      stdio: 'pipe',
      timeout: 30_000,
    });
    return null;
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    return stderr?.toString().trim().split('\n')[0] || String(error);
  }
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
