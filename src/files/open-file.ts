import { createReadStream, type Stats, statSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../core/errors.ts";
import { prepended } from "./prepended.ts";

/** The path that stands for standard input. */
export const STANDARD_INPUT = "-";

/** A regular file: it can be read more than once, and reading it never waits for another program. */
export interface InputFile {
  /** What messages call it: the path that the user gave, or "standard input". */
  name: string;
  path: string;
}

export function fileAt(path: string): InputFile {
  return { name: path, path };
}

/** The bytes of a file, decompressed where it is gzip. */
export interface ByteSource {
  chunks: AsyncIterable<Buffer>;
  /** Bytes read from the file so far, and its size. */
  position: () => { read: number; size: number };
}

/** Maximum compression ratio of a gzip file; tables have 5 to 50. */
const MAX_RATIO = 200;
const RATIO_COUNTS_FROM_BYTES = 16 * 1024 ** 2;

/** @throws InputError where it is missing, unreadable, a folder or a device, or a damaged or hostile gzip file */
export function openBytes({ name, path }: InputFile): ByteSource {
  const { size } = assertRegularFile(path);
  const stream = createReadStream(path, { highWaterMark: 64 * 1024 });
  let read = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) {
        read += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
    } catch (cause) {
      throw unreadable(name, cause);
    }
  }
  return { chunks: unpacked(name, counted()), position: () => ({ read, size }) };
}

export function unreadable(name: string, cause: unknown): InputError {
  return new InputError(
    `${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
    "Check that the file is complete and readable.",
    { cause },
  );
}

/** @throws InputError unless `path` is a regular file */
export function assertRegularFile(path: string): Stats {
  const stats = statOf(path);
  if (stats.isDirectory()) throw new InputError(`${path} is a folder`, "Give the path of a file in it.");
  if (!stats.isFile()) throw new InputError(`${path} is not a file`, "Give the path of a file.");
  return stats;
}

/** Whether a path is that of a pipe: a FIFO, or what a shell's <(command) stands for. */
export function isPipe(path: string): boolean {
  return statOf(path).isFIFO();
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new InputError(`there is no file ${path}`, "Check the path; it is relative to the current folder.");
    }
    throw new InputError(`${path} cannot be read (${code})`, "Check its permissions.", { cause: error });
  }
}

async function* unpacked(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done) return;
  const whole = prepended(first.value, chunks);
  yield* isGzip(first.value) ? gunzipped(name, whole) : whole;
}

function isGzip(chunk: Buffer): boolean {
  return chunk[0] === 0x1f && chunk[1] === 0x8b;
}

async function* gunzipped(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let packed = 0;
  let unpackedBytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      packed += chunk.length;
      yield chunk;
    }
  }
  // An error of the source also ends the loop over `gunzip` below, which reports it.
  pipeline(Readable.from(counted(), { objectMode: false }), gunzip, () => {});
  try {
    for await (const chunk of gunzip) {
      unpackedBytes += (chunk as Buffer).length;
      if (unpackedBytes > RATIO_COUNTS_FROM_BYTES && unpackedBytes > packed * MAX_RATIO) {
        throw new InputError(
          `${name} expands to more than ${MAX_RATIO} times its compressed size`,
          "Decompress it yourself and check its content.",
        );
      }
      yield chunk as Buffer;
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      `${name} is a damaged gzip file (${(cause as Error).message})`,
      "Compress it again, or import the decompressed file.",
      { cause },
    );
  } finally {
    gunzip.destroy();
  }
}
