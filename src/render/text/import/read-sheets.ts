import type { ReadSheets } from "../../../core/records/read-columns.ts";
import { type Style, wrapped } from "../style.ts";

/** The sheets that --all-sheets read, and those that it passed over. */
export function sheetsLines(sheets: ReadSheets | null | undefined, style: Style): string[] {
  if (!sheets) return [];
  const passedOver = sheets.passedOver.map(({ name, why }) => `${name} (${why})`).join(", ");
  return [
    ...wrapped(`Sheets: ${sheets.read.join(", ")}`, style, "  "),
    ...(passedOver === "" ? [] : wrapped(`Sheets passed over: ${passedOver}`, style, "  ")),
    "",
  ];
}
