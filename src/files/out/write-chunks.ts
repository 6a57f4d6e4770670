import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { type Draft, unwritable } from "./output-file.ts";

/**
 * Writes text to a draft, no faster than the disk takes it.
 *
 * @throws UsageError where the draft cannot be written
 */
export async function writeChunks(draft: Draft, chunks: AsyncIterable<string>): Promise<void> {
  const stream = createWriteStream(draft.temporary, "utf8");
  const done = finished(stream);
  // A failure is reported by the await below. Without a handler, an earlier one would be an unhandled rejection.
  done.catch(() => {});
  try {
    for await (const chunk of chunks) {
      if (!stream.write(chunk)) await Promise.race([once(stream, "drain"), done]);
    }
    stream.end();
    await done;
  } catch (error) {
    stream.destroy();
    throw unwritable(draft.path, error);
  }
}
