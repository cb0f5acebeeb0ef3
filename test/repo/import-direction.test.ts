import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import { besideTheTiers, houseRules, tiers } from './house-rules.ts';

const root = join(import.meta.dirname, '..', '..');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('imports', () => {
  it('go down only, and libraries stay in the rooms that are theirs', async () => {
    const { modules, violations } = await lookAt(root);
    expect(violations).toEqual([]);
    // A tool that sees nothing finds nothing.
    expect(modules).toBeGreaterThan(100);
  });

  it('are judged in every room there is', () => {
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(rooms.filter((room) => ![...tiers.flat(), ...besideTheTiers].includes(room))).toEqual([]);
  });

  it('of the environment are for config alone', () => {
    const readers = sourcesIn(join(root, 'src')).filter(({ text }) =>
      /process\s*(?:\?\.|\.|\[)\s*['"]?env\b/.test(text),
    );
    expect(readers.map(({ file }) => file)).toEqual(['config/config.ts']);
  });
});

describe('the judgement', () => {
  it('is right for every pair of rooms', async () => {
    const rooms = tiers.flat();
    const pairs = rooms.flatMap((from) => rooms.filter((to) => to !== from).map((to) => ({ from, to })));
    const { modules, violations } = await lookAt(
      plant({
        'src/main.ts': '',
        ...Object.fromEntries(rooms.map((room) => [`src/${room}/room.ts`, 'export const here = 1;\n'])),
        ...Object.fromEntries(
          pairs.map(({ from, to }) => [`src/${from}/to-${to}.ts`, `import '../${to}/room.ts';\n`]),
        ),
      }),
    );
    const allowed = (from: string, to: string) => tierOf(to) > tierOf(from);
    const wanted = pairs
      .filter(({ from, to }) => !allowed(from, to))
      .map(({ from, to }) => `src/${from}/to-${to}.ts → src/${to}/room.ts`);
    expect(modules).toBe(2 + rooms.length + pairs.length);
    expect(violations.map((violation) => violation.split(': ').at(-1)).sort()).toEqual(wanted.sort());
  });

  it('finds each thing planted, and nothing in what stands beside it', async () => {
    const wanted = planted.map(({ file, rule, to }) => `${rule}: ${file} → ${to}`);
    const { violations } = await lookAt(
      plant({
        ...Object.fromEntries([...planted, ...fine].map(({ file, text }) => [file, text])),
        ...stubs,
      }),
    );
    expect(violations).toEqual(wanted.sort());
    const named = new Set(planted.map(({ rule }) => rule));
    const unproven = houseRules
      .map(({ name }) => name ?? '')
      .filter((name) => !/imports go down|one tier/.test(name));
    expect(unproven.filter((name) => !named.has(name))).toEqual([]);
  });
});

const planted = [
  {
    file: 'src/letters/compose/compose-again.ts',
    text: "import type { A } from '../journey/journey-steps.ts';\nexport type B = A;\n",
    rule: 'composing knows no pages: neither the journey nor the own page',
    to: 'src/letters/journey/journey-steps.ts',
  },
  {
    file: 'src/letters/read-setting.ts',
    text: "import type { Config } from '../config/config.ts';\nexport type A = Config;\n",
    rule: 'settings arrive as arguments: config is for main, commands and app',
    to: 'src/config/config.ts',
  },
  {
    file: 'src/config/mailing.ts',
    text: "import type { M } from '../mail/send.ts';\nexport type A = M;\n",
    rule: 'config knows shared, and the types of database',
    to: 'src/mail/send.ts',
  },
  {
    file: 'src/config/connecting.ts',
    text: "import { connect } from '../database/connect.ts';\nconnect();\n",
    rule: 'config knows of database the types only',
    to: 'src/database/connect.ts',
  },
  {
    file: 'src/letters/journey/journey-plan.ts',
    text: "import { Router } from 'express';\nRouter();\n",
    rule: 'Express is for web, routes, the guard and app',
    to: 'node_modules/express/index.js',
  },
  {
    file: 'src/letters/submit-letter.ts',
    text: "import type { Request } from 'express';\nexport type A = Request;\n",
    rule: 'types of Express are for these and the files named in house-rules.ts',
    to: 'node_modules/express/index.js',
  },
  {
    file: 'src/letters/confirm-letter.ts',
    text: "import { sql } from 'kysely';\nsql();\n",
    rule: 'Kysely is for database, stores and migrations',
    to: 'node_modules/kysely/index.js',
  },
  {
    file: 'src/vault/key-store.ts',
    text: "import pg from 'pg';\npg();\n",
    rule: 'database drivers are for database',
    to: 'node_modules/pg/index.js',
  },
  {
    file: 'src/messages/send-message.ts',
    text: "import { Composer } from 'nodemailer/lib/mail-composer';\nComposer();\n",
    rule: 'Nodemailer is for mail',
    to: 'node_modules/nodemailer/lib/mail-composer.js',
  },
  {
    file: 'src/web/views.ts',
    text: "const handlebars = await import('handlebars');\nhandlebars();\n",
    rule: 'Handlebars and Typst are for rendering',
    to: 'node_modules/handlebars/index.js',
  },
  {
    file: 'src/shared/egg.ts',
    text: "import type { Hen } from './hen.ts';\nexport type Egg = { from: Hen };\n",
    rule: 'no circles',
    to: 'src/shared/hen.ts',
  },
  {
    file: 'src/audit/lost.ts',
    text: "import './nowhere.ts';\n",
    rule: 'every import leads somewhere',
    to: './nowhere.ts',
  },
  {
    file: 'migrations/0002-b.ts',
    text: "import { table } from './0001-a.ts';\ntable();\n",
    rule: 'a migration knows no other',
    to: 'migrations/0001-a.ts',
  },
  {
    file: 'migrations/0003-c.ts',
    text: "import type { D } from '../src/database/connect.ts';\nexport type A = D;\n",
    rule: 'migrations know only kysely',
    to: 'src/database/connect.ts',
  },
  {
    file: 'src/app/start.ts',
    text: "import { table } from '../../migrations/0001-a.ts';\ntable();\n",
    rule: 'migrations are reached through database/migrate',
    to: 'migrations/0001-a.ts',
  },
  {
    file: 'src/links/links.ts',
    text: "import { check } from 'fast-check';\ncheck();\n",
    rule: 'the product does not need its tests or its tools',
    to: 'node_modules/fast-check/index.js',
  },
];

/** Beside the wrong ones: what each rule lets through. */
const fine = [
  {
    file: 'src/shared/hen.ts',
    text: "import type { Egg } from './egg.ts';\nexport type Hen = { from: Egg };\n",
  },
  { file: 'src/main.ts', text: "import './config/config.ts';\n" },
  {
    file: 'src/config/config.ts',
    text: "import type { D } from '../database/connect.ts';\nexport type Config = D;\n",
  },
  { file: 'src/mail/send.ts', text: "import 'nodemailer/lib/mail-composer';\nexport type M = 1;\n" },
  {
    file: 'src/database/connect.ts',
    text: "import 'pg';\nexport type D = 1;\nexport const connect = () => 1;\n",
  },
  { file: 'src/database/migrate.ts', text: "import '../../migrations/0001-a.ts';\n" },
  { file: 'src/rendering/views.ts', text: "import 'handlebars';\n" },
  { file: 'src/letters/letter-routes.ts', text: "import 'express';\n" },
  {
    file: 'src/letters/journey/journey-steps.ts',
    text: "import type { R } from 'express';\nexport type A = R;\n",
  },
  { file: 'src/letters/letter-store.ts', text: "import 'kysely';\n" },
  { file: 'migrations/0001-a.ts', text: "import 'kysely';\nexport const table = () => 1;\n" },
];

const stubs = Object.fromEntries(
  ['express', 'kysely', 'pg', 'nodemailer', 'handlebars', 'fast-check'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'module.exports = () => 1;\n'],
    ['node_modules/nodemailer/lib/mail-composer.js', 'module.exports = () => 1;\n'],
  ]),
);
const manifest = {
  name: 'planted',
  dependencies: { express: '1.0.0', kysely: '1.0.0', pg: '1.0.0', nodemailer: '1.0.0', handlebars: '1.0.0' },
  devDependencies: { 'fast-check': '1.0.0' },
};

/** Looks at `src` and `migrations` of a folder. */
async function lookAt(baseDir: string): Promise<{ modules: number; violations: string[] }> {
  const { output } = await cruise(
    ['src', 'migrations'],
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: houseRules },
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
    },
    { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  );
  const { modules, summary } = output as ICruiseResult;
  const ours = modules.filter(({ source }) => /^(src|migrations)\/.*\.m?ts$/.test(source));
  const violations = summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`);
  return { modules: ours.length, violations: [...new Set(violations)].sort() };
}

/** Writes a small house with faults into a temporary folder. */
function plant(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'campaign-house-'));
  folders.push(folder);
  const all = { 'package.json': JSON.stringify(manifest), 'migrations/index.ts': '', ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function tierOf(room: string): number {
  return tiers.findIndex((tier) => tier.includes(room));
}

function sourcesIn(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.m?[jt]s$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}
