import { constants, createWriteStream, openSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { InputError, InterruptedError } from "../core/errors.ts";
import { grouped } from "../core/grouped.ts";
import { fileAt, type InputFile, isPipe, STANDARD_INPUT } from "./open-file.ts";

const MAX_BYTES = 4 * 1024 ** 3;

export interface SpoolOptions {
  /** Stops waiting for the other program. */
  signal?: AbortSignal | undefined;
  progress?: ((message: string) => void) | undefined;
}

/**
 * Runs `use` on a file. Standard input ("-") and pipes are first copied to a temporary file, to their end: nobody knows
 * how long the other program takes, so they must not be read inside a transaction, and they cannot be read twice.
 *
 * @throws InterruptedError if `signal` is aborted while they are copied
 */
export async function withRegularFile<T>(
  path: string,
  options: SpoolOptions,
  use: (file: InputFile) => Promise<T>,
): Promise<T> {
  if (path !== STANDARD_INPUT && !isPipe(path)) return use(fileAt(path));
  const name = path === STANDARD_INPUT ? "standard input" : path;
  const folder = await temporaryFolder(name);
  try {
    const copy = { name, path: join(folder, "input") };
    await spool(path, copy, options);
    return await use(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function temporaryFolder(name: string): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), "obc-sync-"));
  } catch (cause) {
    throw notCopied(name, cause);
  }
}

async function spool(from: string, { name, path }: InputFile, { signal, progress }: SpoolOptions): Promise<void> {
  async function* bounded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw new InputError(`${name} is larger than 4 GiB`, "Import from a file instead.");
      progress?.(`Reading ${name}: ${grouped(Math.round(bytes / 1024))} KiB`);
      yield chunk;
    }
  }
  progress?.(`Reading ${name}`);
  try {
    const source = from === STANDARD_INPUT ? process.stdin : openPipe(from);
    await pipeline(source, bounded, createWriteStream(path), ...(signal === undefined ? [] : [{ signal }]));
  } catch (cause) {
    if (signal?.aborted) throw new InterruptedError();
    if (cause instanceof InputError) throw cause;
    const { syscall, code } = cause as NodeJS.ErrnoException;
    if (syscall !== "read") throw notCopied(name, cause);
    throw new InputError(`${name} cannot be read (${code})`, "Check the program that writes it.", { cause });
  }
}

/** A file stream would wait for the other program in a thread that cannot be interrupted, not even to exit. */
function openPipe(path: string): Readable {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return new Socket({ fd, readable: true, writable: false });
  } catch (cause) {
    throw new InputError(
      `${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      "Check its permissions.",
      { cause },
    );
  }
}

function notCopied(name: string, cause: unknown): InputError {
  return new InputError(
    `${name} cannot be copied to a temporary file in ${tmpdir()} (${(cause as NodeJS.ErrnoException).code})`,
    "Free space there, or set TMPDIR to another folder.",
    { cause },
  );
}
