import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a measured process tells of itself. CPU in microseconds (user and system), memory in bytes. */
export type Usage = { readonly cpu: number; readonly resident: number; readonly peak: number };

export type ChildServer = {
  readonly url: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
};

/** As `npm start` runs it: short-lived memory is given back early. The other side runs with the same. */
const asStarted = ['--max-semi-space-size=8'];

/**
 * Starts a server in a process of its own: `program` beside this file listens on loopback, sends its port and
 * then answers every message with its usage (see `measured-process.ts`).
 */
export async function startChild(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ChildServer> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [...args], {
    env: { PATH: process.env['PATH'], ...env },
    execArgv: [
      ...asStarted,
      ...(process.env['BENCH_CPU_PROFILE']
        ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_CPU_PROFILE']}`]
        : []),
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port = await answerOf<number>(child);
  return {
    url: `http://127.0.0.1:${port}`,
    async usage() {
      child.send('usage');
      return await answerOf<Usage>(child);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  return await new Promise((resolve, reject) => {
    const died = (code: number | null) =>
      reject(new Error(`a server of the benchmark ended with code ${code}`));
    child.once('exit', died);
    child.once('message', (message) => {
      child.off('exit', died);
      resolve(message as T);
    });
  });
}
