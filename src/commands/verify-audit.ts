import { parseArgs } from 'node:util';
import { openDatabase } from '../app/open-database.ts';
import { verifyAudit } from '../audit/audit.ts';
import { inSnapshot } from '../database/transaction.ts';
import type { Command } from './command.ts';

export const verifyAuditTrail: Command = {
  name: 'verify-audit',
  summary: 'walk the audit trail and say whether it is whole',
  usage: 'verify-audit [--json]\n\nExit code 1 if an entry was changed, moved or removed.',
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const { db, close } = await openDatabase(io);
    try {
      const result = await inSnapshot(db, (tx) => verifyAudit(tx));
      if (values.json) io.stdout(`${JSON.stringify(result)}\n`);
      else
        io.stdout(
          result.brokenAt === null
            ? `${result.entries} entries, whole\n`
            : `broken at entry ${result.brokenAt}\n`,
        );
      return result.brokenAt === null ? 0 : 1;
    } finally {
      await close();
    }
  },
};
