import { csvLine } from "./csv-line.ts";
import type { Draft } from "./output-file.ts";
import { writeChunks } from "./write-chunks.ts";

/**
 * Writes rows as CSV, batch by batch. Cells that a spreadsheet program would run as formulas are disarmed.
 *
 * @throws UsageError where the draft cannot be written
 */
export function writeCsv(draft: Draft, header: readonly string[], batches: AsyncIterable<string[][]>): Promise<void> {
  return writeChunks(draft, csvText(header, batches));
}

async function* csvText(header: readonly string[], batches: AsyncIterable<string[][]>): AsyncGenerator<string> {
  yield `${csvLine(header)}\r\n`;
  for await (const rows of batches) {
    if (rows.length > 0) yield `${rows.map(csvLine).join("\r\n")}\r\n`;
  }
}
