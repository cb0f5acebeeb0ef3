/** What a command may touch of the world around it. */
export type CommandIo = {
  stdout(text: string): void;
  stderr(text: string): void;
  /** All of standard input. */
  stdin(): Promise<string>;
  /** Milliseconds. */
  now(): number;
  /** The repository's folder: relative paths and templates start here. */
  readonly root: string;
};

/** One verb of the command line. Exit codes: 0 done, 1 failed, 2 wrong use. */
export type Command = {
  readonly name: string;
  /** Half a line for the list of commands. */
  readonly summary: string;
  /** The text of `--help`. */
  readonly usage: string;
  run(args: readonly string[], io: CommandIo): Promise<0 | 1 | 2>;
};
