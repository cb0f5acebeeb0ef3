import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { connect } from '../database/connect.ts';
import { migrate as bringUpToDate } from '../database/migrate.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'bring the database up to date',
  usage: 'migrate [--json]',
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const db = connect(readConfig(io.root).database);
    try {
      const applied = await bringUpToDate(db);
      if (values.json) io.stdout(`${JSON.stringify({ applied })}\n`);
      else io.stdout(applied.length > 0 ? `applied ${applied.join(', ')}\n` : 'up to date\n');
      return 0;
    } finally {
      await db.destroy();
    }
  },
};
