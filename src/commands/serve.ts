import { start } from '../app/start.ts';
import { readConfig } from '../config/config.ts';
import { UsageError } from '../shared/errors.ts';
import type { Command } from './command.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'run the site and its worker',
  usage:
    'serve\n\nSettings come from the environment; without any it runs for trying out on http://localhost:3000.',
  async run(args, io) {
    if (args.length > 0) throw new UsageError('takes no options; settings come from the environment');
    const config = readConfig(io.root);
    if (config.production) {
      throw new UsageError(
        'CAMPAIGN_MODE: production is not open yet: the safety requirements are not all proven (see SECURITY.md)',
      );
    }
    const running = await listen(config, io.root);
    io.stdout(`Every Country Counts runs on ${config.siteUrl}\n`);
    await untilStopped();
    await running.stop();
    return 0;
  },
};

async function listen(config: ReturnType<typeof readConfig>, root: string) {
  try {
    return await start(config, root);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'EADDRINUSE') throw new UsageError(`PORT: ${config.port} is in use`);
    if (code === 'EACCES') throw new UsageError(`PORT: ${config.port} may not be opened by this user`);
    throw error;
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
