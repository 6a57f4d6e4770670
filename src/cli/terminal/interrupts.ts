import { writeSync } from "node:fs";

/** SIGINT and SIGTERM as an AbortSignal. */
export interface Interrupts {
  signal: AbortSignal;
  /**
   * Gives the signals their usual effect again: they end the process. After a first one this is kept: a second that
   * arrives while the process is ending must not change its exit code.
   */
  release: () => void;
  /** The same where the run is committed: the signals first say so. */
  releaseCommitted: () => void;
}

const COMMITTED =
  "interrupted while the result was printed: what the command has done is committed. See: obc-sync history\n";

/** From now on a signal stops the run at its next step, so that it can roll back. A second one ends the process. */
export function catchInterrupts(): Interrupts {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) void exitAtOnce();
    else controller.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const sayAndExit = () => {
    // Not the stream: the process would end before a pipe has it.
    writeSync(process.stderr.fd, COMMITTED);
    void exitAtOnce();
  };
  const release = () => {
    process.off("SIGINT", sayAndExit).off("SIGTERM", sayAndExit);
    if (!controller.signal.aborted) process.off("SIGINT", stop).off("SIGTERM", stop);
  };
  return {
    signal: controller.signal,
    release,
    releaseCommitted: () => {
      release();
      if (!controller.signal.aborted) process.on("SIGINT", sayAndExit).on("SIGTERM", sayAndExit);
    },
  };
}

/** This file is loaded before all others, so it imports only on demand. */
async function exitAtOnce(): Promise<void> {
  const [{ exitCodeOfError }, { InterruptedError }] = await Promise.all([
    import("../exit-code.ts"),
    import("../../core/errors.ts"),
  ]);
  process.exit(exitCodeOfError(new InterruptedError()));
}
