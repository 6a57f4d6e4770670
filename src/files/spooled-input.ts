import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { InputError } from "../core/errors.ts";
import { openBytes, STANDARD_INPUT } from "./open-file.ts";

const MAX_BYTES = 4 * 1024 ** 3;

/** Copies standard input to a temporary file while `use` runs, so that it can be read twice. Files are used directly. */
export async function withRereadable<T>(path: string, use: (path: string) => Promise<T>): Promise<T> {
  if (path !== STANDARD_INPUT) return use(path);
  const folder = await mkdtemp(join(tmpdir(), "obc-sync-"));
  try {
    const copy = join(folder, "standard-input");
    await pipeline(bounded(openBytes(path).chunks), createWriteStream(copy));
    return await use(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* bounded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new InputError("standard input is larger than 4 GiB", "Import from a file instead.");
    yield chunk;
  }
}
