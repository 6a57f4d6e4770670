/** SIGINT and SIGTERM as an AbortSignal. */
export interface Interrupts {
  signal: AbortSignal;
  /**
   * Gives the signals their usual effect again: they end the process. After a first one this is kept: a second that
   * arrives while the process is ending must not change its exit code.
   */
  release: () => void;
}

/** From now on a signal stops the run at its next step, so that it can roll back. A second one ends the process. */
export function catchInterrupts(): Interrupts {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) void exitAtOnce();
    else controller.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return {
    signal: controller.signal,
    release: () => {
      if (!controller.signal.aborted) process.off("SIGINT", stop).off("SIGTERM", stop);
    },
  };
}

/** This file is loaded before all others, so it imports only on demand. */
async function exitAtOnce(): Promise<void> {
  const [{ exitCodeOfError }, { InterruptedError }] = await Promise.all([
    import("./exit-code.ts"),
    import("../core/errors.ts"),
  ]);
  process.exit(exitCodeOfError(new InterruptedError()));
}
