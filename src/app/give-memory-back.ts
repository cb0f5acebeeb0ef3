import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Reading playbooks and templates leaves tens of megabytes behind, which the engine would keep until it needs them. */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect();
}
