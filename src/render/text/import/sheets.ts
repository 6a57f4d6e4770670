import { grouped } from "../../../core/grouped.ts";
import type { TableSource } from "../../../core/records/table-source.ts";
import { type Style, wrapped } from "../style.ts";

const SHOWN = 10;

/** The sheets of a workbook that were not read, so that a hidden one is no surprise; nothing where there is none. */
export function otherSheetsLines({ sheet, sheets }: TableSource, style: Style): string[] {
  const others = sheets.filter(({ name }) => name !== sheet);
  if (sheet === null || others.length === 0) return [];
  const shown = others.slice(0, SHOWN).map(({ name, hidden }) => `"${name}"${hidden ? " (hidden)" : ""}`);
  const rest = others.length - shown.length;
  const isAny = others.some(({ hidden }) => !hidden);
  const how = isAny ? " (--sheet NAME reads one, --all-sheets those that are not hidden)" : "";
  const named = `${shown.join(", ")}${rest > 0 ? ` and ${grouped(rest)} more` : ""}`;
  return wrapped(`Sheets not read: ${named}${how}`, style, "  ");
}
