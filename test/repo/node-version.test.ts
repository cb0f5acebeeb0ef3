import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};
const brought = manifest.devDependencies['node'] ?? '';

/** The PATH of somebody who opens a terminal: without what npm puts in front of it for a script. */
const plainPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes(`node_modules${sep}.bin`) && !folder.includes('node-gyp-bin'))
  .join(delimiter);

function run(command: string, args: readonly string[]) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, PATH: plainPath },
    timeout: 30_000,
  });
}

describe('the Node version', () => {
  it('is 24 in the tests themselves', () => {
    expect(process.versions.node).toBe(brought);
    expect(process.versions.node).toMatch(/^24\./);
  });

  it('is 24 in what npm starts, whichever Node npm itself runs on', () => {
    const { stdout } = run('npm', ['exec', '--no', '--call', 'node --print process.versions.node']);
    expect(stdout.trim()).toBe(brought);
  });

  it('is right for the command line as a person calls it', () => {
    const { status, stdout } = run('npm', ['run', '--silent', 'campaign', '--', '--help']);
    expect(stdout).toContain('import-representatives');
    expect(status).toBe(0);
  });

  it('is checked first by every script that starts Node', () => {
    const unchecked = Object.entries(manifest.scripts).filter(
      ([, script]) => /\bnode\b/.test(script) && !script.startsWith('node --import ./src/check-node.mjs '),
    );
    expect(Object.keys(manifest.scripts)).toContain('start');
    expect(unchecked).toEqual([]);
  });

  it.for(['serve', 'migrate'])(
    'ends "%s" with one line and exit code 2 where it is too old',
    (verb, { skip }) => {
      const old = oldNode();
      if (!old) {
        console.log('skipped: the check of an old Node, because no Node older than 22.19 is in the PATH');
        skip();
      }
      const { status, stdout, stderr } = run(old ?? '', [
        '--import',
        './src/check-node.mjs',
        'src/main.ts',
        verb,
      ]);
      expect(stderr).toMatch(/^Node 22\.19 or newer is needed, this is \d+\.\d+\.\d+: run "npm ci".+\n$/);
      expect(stdout).toBe('');
      expect(status).toBe(2);
    },
  );
});

/** A Node of the machine that is too old for the product, if it has one. */
function oldNode(): string | undefined {
  const programs = plainPath
    .split(delimiter)
    .map((folder) => join(folder, process.platform === 'win32' ? 'node.exe' : 'node'));
  return programs.find((program) => {
    try {
      accessSync(program, constants.X_OK);
    } catch {
      return false;
    }
    const [major = 0, minor = 0] = run(program, ['--version']).stdout.slice(1).split('.').map(Number);
    return major < 22 || (major === 22 && minor < 19);
  });
}
