import { CODE_COLUMN } from "../headings/import-columns.ts";
import type { ImportHeader } from "../headings/import-header.ts";
import { squeezeHeading } from "../headings/known/heading-words.ts";
import { FILE_ROW, type RowFinding } from "./row-finding.ts";
import { cellReference } from "./sheet-cell.ts";
import { placedInSheet } from "./sheet-rows.ts";

/**
 * The finding with the row as the spreadsheet shows it, the heading of its column as in the file, and the reference of its
 * cell in a workbook.
 *
 * @param headerOf the header above a row
 * @param sheets the names of the sheets, where several are read
 */
export function locateFinding(
  finding: RowFinding,
  headerOf: (row: number) => ImportHeader,
  { isWorkbook, sheets }: { isWorkbook: boolean; sheets: readonly string[] | null },
): RowFinding {
  const { column } = finding;
  const header = headerOf(finding.row);
  const placed = placedInSheet(finding, sheets);
  const { row } = placed;
  const index = indexOf(column, header);
  if (index === -1) return placed;
  const heading = header.headings[index]?.trim() ?? "";
  return {
    ...placed,
    ...(squeezeHeading(heading) === squeezeHeading(column) || heading === "" ? {} : { heading: heading.slice(0, 100) }),
    ...(isWorkbook && row !== FILE_ROW ? { cell: cellReference(index, row) } : {}),
  };
}

function indexOf(column: string, { codeIndex, nameIndexes, columns }: ImportHeader): number {
  if (column === CODE_COLUMN) return codeIndex;
  if (column in nameIndexes) return nameIndexes[column as keyof typeof nameIndexes];
  return columns.find(({ name }) => name === column)?.index ?? -1;
}
