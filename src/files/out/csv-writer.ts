import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import Papa from "papaparse";
import { UsageError } from "../../core/errors.ts";

/**
 * Writes rows as CSV, batch by batch. An existing file is overwritten.
 *
 * @throws UsageError where the path cannot be written
 */
export async function writeCsv(
  path: string,
  header: readonly string[],
  batches: AsyncIterable<string[][]>,
): Promise<void> {
  const stream = createWriteStream(path, "utf8");
  const done = finished(stream);
  // A failure is reported by the await below. Without a handler, an earlier one would be an unhandled rejection.
  done.catch(() => {});
  try {
    stream.write(`${csvLine(header)}\r\n`);
    for await (const rows of batches) {
      if (rows.length === 0) continue;
      if (!stream.write(`${rows.map(csvLine).join("\r\n")}\r\n`)) {
        await Promise.race([once(stream, "drain"), done]);
      }
    }
    stream.end();
    await done;
  } catch (error) {
    stream.destroy();
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new UsageError(`${path} cannot be written (${code})`, "Check the folder and its permissions.");
  }
}

function csvLine(cells: readonly string[]): string {
  return Papa.unparse([[...cells]]);
}
