import type { Writable } from "node:stream";
import { ObcSyncError } from "../../core/errors.ts";
import { withoutCrash } from "./streams.ts";

/** Standard output. */
export interface Output {
  /**
   * Resolves when the text has been written; false if the reader has closed the pipe, as in `obc-sync ... | head`.
   *
   * @throws OutputError if it cannot be written, for example to a full disk
   */
  write(text: string): Promise<boolean>;
}

/** The command has done its work, and its result cannot be written. */
export class OutputError extends ObcSyncError {
  constructor(message: string, hint: string, cause: Error) {
    super("OUTPUT_FAILED", message, `${hint} ${COMMITTED}`, { cause });
  }
}

const COMMITTED = "If the command changes the database, that is committed; see: obc-sync history";

/** Keeps errors of a stream from ending the process: `write` reports them. */
export function openOutput(stream: Writable): Output {
  const failed = withoutCrash(stream);
  return {
    async write(text) {
      await new Promise<void>((resolve) => {
        stream.write(text, (error) => {
          if (error) failed.first ??= error;
          resolve();
        });
      });
      const { first: failure } = failed;
      if (failure === null) return true;
      if (failure.code === "EPIPE") return false;
      throw new OutputError(
        `the result cannot be written to standard output: ${failure.message}`,
        "Free space there, or write to another file.",
        failure,
      );
    },
  };
}
