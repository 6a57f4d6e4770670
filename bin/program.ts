/** The command line as a program: `npm run build` bundles it into program.cjs, which obc-sync.ts loads. */
import { start } from "../src/cli/start.ts";
import { catchInterrupts } from "../src/cli/terminal/interrupts.ts";
import type { Streams } from "../src/cli/terminal/streams.ts";

/** Runs one command line and returns the exit code. Until it ends, SIGINT and SIGTERM stop it. */
export function run(argv: readonly string[], streams: Streams, environment: NodeJS.ProcessEnv): Promise<number> {
  return start(argv, streams, environment, catchInterrupts());
}
