import type { ExitCode } from "./exit-code.ts";
import { start } from "./start.ts";
import type { OutputStream, Streams } from "./terminal/streams.ts";

export type { ExitCode, OutputStream, Streams };

export interface CommandLineOptions {
  /** The settings: OBC_SYNC_DATABASE and others; by default the environment of the process. */
  environment?: NodeJS.ProcessEnv | undefined;
  /** Interrupts the command before its next step, as Ctrl-C does: it rolls back, and the exit code is 130. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a command line in this process, as the program `obc-sync` does. It opens the database of the settings and closes
 * it. It neither listens for signals nor ends the process. Relative paths are those of the process, and the file - is its
 * standard input.
 *
 * @param argv the arguments: ["sync", "--dry-run", "--json"]
 * @param streams by default those of the process
 * @returns the exit code; an error is written to `stderr`, with --json to `stdout`, and is not thrown
 */
export function run(
  argv: readonly string[],
  streams: Streams = process,
  { environment = process.env, signal = new AbortController().signal }: CommandLineOptions = {},
): Promise<ExitCode> {
  return start(argv, streams, environment, { signal, release() {}, releaseCommitted() {} });
}
