import type { Writable } from "node:stream";
import type { WriteStream } from "node:tty";

/** A stream for output; colours, tables as wide as the screen and the pager are only for a terminal. */
export type OutputStream = Writable & Partial<Pick<WriteStream, "isTTY" | "columns" | "rows">>;

/** Where the result and the messages of a command line go. */
export interface Streams {
  /** The result. */
  stdout: OutputStream;
  /** Messages and progress. */
  stderr: OutputStream;
}

export function wantsColor(stream: OutputStream, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
}

export type StreamFailure = NodeJS.ErrnoException | null;

const failures = new WeakMap<Writable, { first: StreamFailure }>();

/**
 * Keeps errors of a stream from ending the process; returns where the first one will be. A program may run many command
 * lines on a stream: it has one listener for all of them.
 */
export function withoutCrash(stream: Writable): { first: StreamFailure } {
  const known = failures.get(stream);
  if (known !== undefined) return known;
  const failure: { first: StreamFailure } = { first: null };
  stream.on("error", (error) => {
    failure.first ??= error;
  });
  failures.set(stream, failure);
  return failure;
}
