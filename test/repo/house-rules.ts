import type { IForbiddenRuleType } from 'dependency-cruiser';

/** The rooms of `src`, highest first. A room may use the rooms of the lines below it, never one of its own line. */
export const tiers: readonly (readonly string[])[] = [
  ['commands'],
  ['app'],
  ['dashboard'],
  ['privacy'],
  ['messages'],
  ['letters'],
  ['outreach'],
  ['supporters', 'representatives', 'organizers'],
  ['campaign'],
  ['web', 'mail', 'links', 'audit', 'vault'],
  ['rendering', 'database'],
  ['shared'],
];

/** Beside the tiers: read once at start, and given on as arguments. */
export const besideTheTiers = ['config'];

/**
 * Files that may name a type of Express without being routes, each with its reason. They get a response or
 * a request from the routes beside them; none may import Express itself.
 */
const typesOfExpress = [
  'letters/journey/[\\w-]+\\.ts', // the steps of the journey, which its routes share out
  'letters/own-page/link-cookie\\.ts', // reads and sets the one cookie of a mailed link
  'dashboard/[\\w-]+/show-[\\w-]+\\.ts', // one page a folder, called by dashboard-routes
  'dashboard/menu\\.ts', // the menu of these pages, for the organizer of the response
];

const rooms = (names: readonly string[]) => `^src/(${names.join('|')})/`;
const packages = (...names: readonly string[]) => `(^|node_modules/)(${names.join('|')})(/|$)`;

/** Who may import whom, as rules of dependency-cruiser. */
export const houseRules: IForbiddenRuleType[] = [...directions(), ...config(), ...libraries(), ...whole()];

function directions(): IForbiddenRuleType[] {
  return tiers.flatMap((tier, index) => {
    const above = [...tiers.slice(0, index).flat()];
    const upwards: IForbiddenRuleType = {
      name: `${tier.join(', ')}: imports go down only`,
      severity: 'error',
      from: { path: rooms(tier) },
      to: { path: `^src/main\\.ts$${above.length > 0 ? `|${rooms(above)}` : ''}` },
    };
    const sideways: IForbiddenRuleType = {
      name: `${tier.join(', ')}: rooms of one tier do not know each other`,
      severity: 'error',
      from: { path: rooms(tier) },
      to: { path: rooms(tier), pathNot: '^src/$1/' },
    };
    return tier.length > 1 ? [upwards, sideways] : [upwards];
  });
}

function config(): IForbiddenRuleType[] {
  return [
    {
      name: 'settings arrive as arguments: config is for main, commands and app',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts$|(commands|app|config)/)' },
      to: { path: '^src/config/' },
    },
    {
      name: 'config knows shared, and the types of database',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/', pathNot: '^src/(config|shared|database)/' },
    },
    {
      name: 'config knows of database the types only',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/database/', dependencyTypesNot: ['type-only'] },
    },
  ];
}

function libraries(): IForbiddenRuleType[] {
  const httpFiles = '^src/(web/|app/|organizers/guard\\.ts$)|-routes\\.ts$';
  return [
    only('Express is for web, routes, the guard and app', packages('express'), httpFiles, 'values'),
    only(
      'types of Express are for these and the files named in house-rules.ts',
      packages('express', '@types/express'),
      `${httpFiles}|^src/(${typesOfExpress.join('|')})$`,
    ),
    only(
      'Kysely is for database, stores and migrations',
      packages('kysely'),
      '^src/database/|-store\\.ts$|^migrations/',
    ),
    only('database drivers are for database', packages('better-sqlite3', 'pg'), '^src/database/'),
    only('Nodemailer is for mail', packages('nodemailer'), '^src/mail/'),
    only(
      'Handlebars and Typst are for rendering',
      packages('handlebars', '@myriaddreamin/typst-ts-node-compiler'),
      '^src/rendering/',
    ),
  ];
}

function only(name: string, path: string, users: string, what: 'values' | 'all' = 'all'): IForbiddenRuleType {
  const to = what === 'values' ? { path, dependencyTypesNot: ['type-only' as const] } : { path };
  return { name, severity: 'error', from: { path: '^(src|migrations)/', pathNot: users }, to };
}

function whole(): IForbiddenRuleType[] {
  return [
    {
      name: 'composing knows no pages: neither the journey nor the own page',
      severity: 'error',
      from: { path: '^src/letters/compose/' },
      to: { path: '^src/letters/(journey|own-page)/' },
    },
    { name: 'no circles', severity: 'error', from: { path: '^(src|migrations)/' }, to: { circular: true } },
    {
      name: 'every import leads somewhere',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'migrations know only kysely',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { pathNot: `${packages('kysely')}|^migrations/` },
    },
    {
      name: 'a migration knows no other',
      severity: 'error',
      from: { path: '^migrations/', pathNot: '^migrations/index\\.ts$' },
      to: { path: '^migrations/' },
    },
    {
      name: 'migrations are reached through database/migrate',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/database/migrate\\.ts$' },
      to: { path: '^migrations/' },
    },
    {
      name: 'the product does not need its tests or its tools',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { path: '^test/|^node_modules/', dependencyTypesNot: ['npm', 'core', 'type-only'] },
    },
  ];
}
