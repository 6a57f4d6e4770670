import writeExcelFile from "write-excel-file/node";
import { type Draft, unwritable } from "./output-file.ts";

/**
 * Writes a workbook with one sheet. All cells are text, so that codes keep their leading zeros and nothing is a formula.
 *
 * @throws UsageError where the draft cannot be written
 */
export async function writeXlsx(draft: Draft, header: readonly string[], rows: readonly string[][]): Promise<void> {
  const data = [
    header.map((value) => ({ value, type: String, fontWeight: "bold" as const })),
    ...rows.map((cells) => cells.map((value) => (value === "" ? null : { value, type: String, format: "@" }))),
  ];
  try {
    await writeExcelFile(data, { stickyRowsCount: 1 }).toFile(draft.temporary);
  } catch (error) {
    throw unwritable(draft.path, error);
  }
}
