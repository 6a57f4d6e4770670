import writeExcelFile from "write-excel-file/node";
import { UsageError } from "../../core/errors.ts";

/**
 * Writes a workbook with one sheet. All cells are text, so that codes keep their leading zeros.
 *
 * @throws UsageError where the path cannot be written
 */
export async function writeXlsx(path: string, header: readonly string[], rows: readonly string[][]): Promise<void> {
  const data = [
    header.map((value) => ({ value, type: String, fontWeight: "bold" as const })),
    ...rows.map((cells) => cells.map((value) => (value === "" ? null : { value, type: String, format: "@" }))),
  ];
  try {
    await writeExcelFile(data, { stickyRowsCount: 1 }).toFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${path} cannot be written (${code})`, "Check the folder and its permissions.");
  }
}
