import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import Papa from "papaparse";
import { disarmed } from "../../core/disarmed-cell.ts";
import { type Draft, unwritable } from "./output-file.ts";

/**
 * Writes rows as CSV, batch by batch. Cells that a spreadsheet program would run as formulas are disarmed.
 *
 * @throws UsageError where the draft cannot be written
 */
export async function writeCsv(
  draft: Draft,
  header: readonly string[],
  batches: AsyncIterable<string[][]>,
): Promise<void> {
  const stream = createWriteStream(draft.temporary, "utf8");
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
    throw unwritable(draft.path, error);
  }
}

function csvLine(cells: readonly string[]): string {
  return Papa.unparse([cells.map(disarmed)]);
}
