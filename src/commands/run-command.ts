import { UsageError } from '../shared/errors.ts';
import { describeError } from '../shared/logger.ts';
import type { Command, CommandIo } from './command.ts';

/** Each verb and its file; a verb loads only what it needs. */
const verbs: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  migrate: async () => (await import('./migrate.ts')).migrate,
  demo: async () => (await import('./demo.ts')).demo,
  compose: async () => (await import('./compose.ts')).compose,
  'check-letters': async () => (await import('./check-letters.ts')).checkLetters,
  'compare-letters': async () => (await import('./compare-letters.ts')).compareLetters,
  'import-representatives': async () => (await import('./import-representatives.ts')).importRepresentatives,
  'import-postcodes': async () => (await import('./import-postcodes.ts')).importPostcodes,
  'invite-organizer': async () => (await import('./invite-organizer.ts')).inviteOrganizer,
  report: async () => (await import('./report.ts')).report,
  'verify-audit': async () => (await import('./verify-audit.ts')).verifyAuditTrail,
};

/** Runs one verb. @returns the exit code: 0 done, 1 failed, 2 wrong use or wrong setting. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> {
  const [name = '--help', ...rest] = args;
  if (name === '--help' || name === 'help') return await listCommands(io);
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!load) {
    io.stderr(`there is no command "${name.slice(0, 40)}"; "npm run campaign -- --help" lists them\n`);
    return 2;
  }
  try {
    const command = await load();
    if (!rest.includes('--help')) return await command.run(rest, io);
    io.stdout(`${command.usage.trimEnd()}\n`);
    return 0;
  } catch (error) {
    return explain(name, error, io);
  }
}

async function listCommands(io: CommandIo): Promise<0> {
  const commands = await Promise.all(Object.values(verbs).map((load) => load()));
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  io.stdout(`npm run campaign -- <command> [options]; each has --help\n\n${lines.join('\n')}\n`);
  return 0;
}

// One line for the person; never a stack, never what somebody typed.
function explain(name: string, error: unknown, io: CommandIo): 1 | 2 {
  if (error instanceof UsageError) {
    io.stderr(`${name}: ${error.message}\n`);
    return 2;
  }
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')) {
    io.stderr(`${name}: ${(error as Error).message.split('.')[0] ?? 'wrong option'}; see --help\n`);
    return 2;
  }
  io.stderr(`${name}: failed (${describeError(error)}${typeof code === 'string' ? `, ${code}` : ''})\n`);
  return 1;
}
