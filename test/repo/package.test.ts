import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
};

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  engines: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ path, name: path.split('node_modules/').at(-1) ?? '', ...entry }));
const direct = { ...manifest.dependencies, ...manifest.devDependencies };

describe('package.json', () => {
  it('names exact versions only', () => {
    expect(Object.keys(direct).length).toBeGreaterThan(30);
    expect(
      Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });

  it('allows exactly the install scripts that there are, each by its name (S-112)', () => {
    const withScript = locked.filter((entry) => entry.hasInstallScript).map(({ name }) => name);
    const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name]);
    expect(allowed.sort()).toEqual([...new Set(withScript)].sort());
    // A refusal must be about something that is there.
    const refused = Object.keys(manifest.allowScripts).filter((name) => !manifest.allowScripts[name]);
    expect(refused.filter((name) => !locked.some((entry) => entry.name === name))).toEqual([]);
  });

  it('needs at most forty packages at run time, each with its reason in the README (S-112)', () => {
    const needed = Object.keys(manifest.dependencies);
    expect(needed.length).toBeLessThanOrEqual(40);
    expect(Object.keys(reasons()).sort()).toEqual(needed.sort());
    expect(Object.entries(reasons()).filter(([, reason]) => reason.length < 20)).toEqual([]);
  });

  it('says which Node is needed as the check at the start says it', () => {
    const [, major, minor] = /const needed = \[(\d+), (\d+)\]/.exec(read('src/check-node.mjs')) ?? [];
    expect(manifest.engines).toEqual({ node: `>=${major}.${minor}` });
  });
});

describe('package-lock.json', () => {
  it('is in step with package.json', () => {
    const own = lock.packages[''];
    expect(own?.dependencies).toEqual(manifest.dependencies);
    expect(own?.devDependencies).toEqual(manifest.devDependencies);
    expect(own?.engines).toEqual(manifest.engines);
    const apart = Object.entries(direct).filter(
      ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
    );
    expect(apart).toEqual([]);
  });

  it('names no address to download from, and a checksum for every package', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter((entry) => entry.resolved !== undefined).map(({ path }) => path)).toEqual([]);
    expect(locked.filter((entry) => !entry.integrity && !entry.inBundle).map(({ path }) => path)).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(/"(?:resolved|tarball)"|https?:\/\/[^"]*\.tgz/);
  });

  it.each([
    ['handlebars', '4.7.9'],
    ['nodemailer', '9.1.1'],
    ['qs', '6.14.1'],
    ['body-parser', '2.2.1'],
  ])('holds no %s older than %s, which has known holes (S-114)', (name, floor) => {
    const versions = locked.filter((entry) => entry.name === name).map(({ version = '0.0.0' }) => version);
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => isOlder(version, floor))).toEqual([]);
  });
});

/** The table of the README under "What it stands on": package → reason. */
function reasons(): Record<string, string> {
  const section = read('README.md').split('## What it stands on')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)];
  return Object.fromEntries(
    rows.flatMap(([, names = '', reason = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, reason.trim()]),
    ),
  );
}

function isOlder(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split('.').map(Number));
  const place = [0, 1, 2].find((index) => a?.[index] !== b?.[index]);
  return place !== undefined && (a?.[place] ?? 0) < (b?.[place] ?? 0);
}
