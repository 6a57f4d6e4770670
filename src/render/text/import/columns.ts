import type { ColumnsReport } from "../../../core/import/import-report.ts";
import { type Style, wrapped } from "../style.ts";

/** The columns that a file may have, each with the headings that are read as it. */
export function columnsText({ columns }: ColumnsReport, style: Style): string[] {
  const { paint } = style;
  return columns.flatMap(({ column, headings, note }) => {
    const name = column ?? "(not imported)";
    const known = [...headings, ...(note === "" ? [] : [`(${note})`])].join(", ");
    return [paint.bold(name), ...(known === "" ? [] : wrapped(`    ${known}`, style, "    "))];
  });
}
