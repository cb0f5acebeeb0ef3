import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { UsageError } from '../shared/errors.ts';

/**
 * Reads the master key (32 bytes in base64, one line in a file). In development it is made if absent.
 * @throws UsageError naming the file's fault, never its content.
 */
export function readMasterKey(
  file: string,
  options: { readonly makeIfAbsent: boolean; readonly databaseFile: string | null },
): Buffer {
  if (!existsSync(file)) {
    if (!options.makeIfAbsent) throw new UsageError(`KEY_FILE: ${file} does not exist`);
    makeKeyFile(file);
  }
  if (options.databaseFile && liesBeside(file, options.databaseFile)) {
    throw new UsageError('KEY_FILE: the key lies beside the database; keep it in a folder of its own');
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new UsageError(`KEY_FILE: others can read ${file}; run "chmod 600" on it`);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new UsageError(`KEY_FILE: ${file} must hold 32 bytes in base64`);
  return key;
}

// Whoever copies the folder of the database, with all that is in it, must not get the key with it.
function liesBeside(file: string, databaseFile: string): boolean {
  const folders = [
    dirname(databaseFile),
    ...(existsSync(databaseFile) ? [dirname(realpathSync(databaseFile))] : []),
  ];
  return folders.filter(existsSync).some((folder) => {
    const way = relative(realpathSync(folder), realpathSync(file));
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

function makeKeyFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  if (process.platform !== 'win32') chmodSync(file, 0o600);
}
