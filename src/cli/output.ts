import { ObcSyncError } from "../core/errors.ts";

/** Standard output. */
export interface Output {
  /**
   * Resolves when the text has been written; false if the reader has closed the pipe, as in `obc-sync ... | head`.
   *
   * @throws OutputError if it cannot be written, for example to a full disk
   */
  write(text: string): Promise<boolean>;
}

export class OutputError extends ObcSyncError {
  constructor(cause: NodeJS.ErrnoException) {
    super(
      "OUTPUT_FAILED",
      `the result cannot be written to standard output: ${cause.message}`,
      "Free space there, or write to another file. If the command changes the database, that is committed; see: obc-sync history",
      { cause },
    );
  }
}

/** Keeps errors of a stream from ending the process: `write` reports them. */
export function openOutput(stream: NodeJS.WriteStream): Output {
  let failure: NodeJS.ErrnoException | null = null;
  const fail = (error: NodeJS.ErrnoException) => {
    failure ??= error;
  };
  stream.on("error", fail);
  return {
    async write(text) {
      await new Promise<void>((resolve) => {
        stream.write(text, (error) => {
          if (error) fail(error);
          resolve();
        });
      });
      if (failure === null) return true;
      if (failure.code === "EPIPE") return false;
      throw new OutputError(failure);
    },
  };
}
