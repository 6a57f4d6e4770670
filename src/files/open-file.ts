import { createReadStream, realpathSync, type Stats, statSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../core/errors.ts";
import { prepended } from "./prepended.ts";

/** What stands for standard input where a file is asked for. */
export const STANDARD_INPUT = "-";

/** Bytes of a file as they come, unpacked where they are gzip. */
export interface ByteSource {
  chunks: AsyncIterable<Buffer>;
  /** Bytes read from the file so far, and in all; null where nobody knows. */
  position: () => { read: number; size: number | null };
}

/** A gzip file may unpack to this many times its size: tables come to 5 to 50 times. */
const MAX_RATIO = 200;
const RATIO_COUNTS_FROM_BYTES = 16 * 1024 ** 2;

/**
 * Opens a file, or standard input for "-".
 *
 * @throws InputError where it is missing, is a folder or a device, may not be read, or is a damaged or hostile gzip
 */
export function openBytes(path: string): ByteSource {
  const size = path === STANDARD_INPUT ? null : sizeOf(path);
  const stream = path === STANDARD_INPUT ? process.stdin : createReadStream(path, { highWaterMark: 64 * 1024 });
  let read = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) {
        read += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
    } catch (cause) {
      throw new InputError(
        `${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
        "Check that it is whole and may be read.",
        { cause },
      );
    }
  }
  return { chunks: unpacked(path, counted()), position: () => ({ read, size }) };
}

/** @throws InputError unless `path` is a file that can be read to its end */
export function assertRegularFile(path: string): Stats {
  const stats = statOf(path);
  if (stats.isDirectory()) throw new InputError(`${path} is a folder`, "Give the path of a file in it.");
  if (!stats.isFile()) throw new InputError(`${path} is not a file`, "Give the path of a file.");
  return stats;
}

function sizeOf(path: string): number | null {
  // A pipe is fine (it ends); a device such as /dev/zero may never do so.
  return statOf(path).isFIFO() ? null : assertRegularFile(path).size;
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

async function* unpacked(path: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done) return;
  const whole = prepended(first.value, chunks);
  yield* isGzip(first.value) ? gunzipped(path, whole) : whole;
}

function isGzip(chunk: Buffer): boolean {
  return chunk[0] === 0x1f && chunk[1] === 0x8b;
}

async function* gunzipped(path: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let packed = 0;
  let unpackedBytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      packed += chunk.length;
      yield chunk;
    }
  }
  // A failure of the source ends the reading of `gunzip` below, where it is told.
  pipeline(Readable.from(counted(), { objectMode: false }), gunzip, () => {});
  try {
    for await (const chunk of gunzip) {
      unpackedBytes += (chunk as Buffer).length;
      if (unpackedBytes > RATIO_COUNTS_FROM_BYTES && unpackedBytes > packed * MAX_RATIO) {
        throw new InputError(
          `${path} unpacks to more than ${MAX_RATIO} times its size, which no table does`,
          "Unpack it yourself and look what is in it.",
        );
      }
      yield chunk as Buffer;
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      `${path} is a damaged gzip file (${(cause as Error).message})`,
      "Pack it again, or import the file unpacked.",
      { cause },
    );
  } finally {
    gunzip.destroy();
  }
}

/** Whether two paths are one file, by whatever links. */
export function isSameFile(left: string, right: string): boolean {
  try {
    return realpathSync(left) === realpathSync(right);
  } catch {
    return false;
  }
}
