import type { Draft } from "./output-file.ts";
import { valueSheet } from "./xlsx-sheets.ts";
import { writeWorkbook } from "./xlsx-workbook.ts";

/**
 * Writes a workbook with one sheet. All cells are text, so that codes keep their leading zeros and nothing is a formula.
 *
 * @throws UsageError where the draft cannot be written
 */
export function writeXlsx(draft: Draft, header: readonly string[], rows: readonly string[][]): Promise<void> {
  const columns = header.map((name) => ({ name, kind: "text" as const }));
  const xml = valueSheet(columns, [header], withoutBlanks(rows), { escaped: 0, cut: 0 });
  return writeWorkbook(draft, [{ title: "Sheet1", xml }]);
}

async function* withoutBlanks(rows: readonly string[][]): AsyncGenerator<Array<string | null>> {
  for (const cells of rows) yield cells.map((cell) => (cell === "" ? null : cell));
}
