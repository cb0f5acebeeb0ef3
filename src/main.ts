import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import './check-node.mjs';
import type { CommandIo } from './commands/command.ts';
import { runCommand } from './commands/run-command.ts';

const io: CommandIo = {
  stdout: (line) => process.stdout.write(line),
  stderr: (line) => process.stderr.write(line),
  stdin: () => text(process.stdin),
  now: () => Date.now(),
  root: fileURLToPath(new URL('..', import.meta.url)),
};

process.exitCode = await runCommand(process.argv.slice(2), io);
