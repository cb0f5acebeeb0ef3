import type { Usage } from './child-server.ts';

/** In a measured process: tells the parent the port, then its usage whenever asked, and ends when the parent lets go. */
export function beMeasured(port: number, stop: () => Promise<unknown> | unknown): void {
  process.on('message', () => process.send?.(usage()));
  process.once('disconnect', async () => {
    await stop();
    process.exit();
  });
  process.send?.(port);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    cpu: user + system,
    resident: process.memoryUsage.rss(),
    peak: process.resourceUsage().maxRSS * 1024,
  };
}
