/** The command line as a program: `npm run build` bundles it into program.cjs, which obc-sync.ts loads. */
import { setImmediate } from "node:timers/promises";
import { start } from "../src/cli/start.ts";
import { catchInterrupts } from "../src/cli/terminal/interrupts.ts";
import type { Streams } from "../src/cli/terminal/streams.ts";

/** Runs one command line and returns the exit code. Until it ends, SIGINT and SIGTERM stop it. */
export async function run(argv: readonly string[], streams: Streams, environment: NodeJS.ProcessEnv): Promise<number> {
  const interrupts = catchInterrupts();
  // A signal takes effect when the event loop polls. A command on SQLite may end without that: the driver blocks.
  // The first turn may be the rest of the one that has loaded the program, which has polled already.
  for (let turn = 0; turn < 2; turn += 1) await setImmediate();
  return start(argv, streams, environment, interrupts);
}
