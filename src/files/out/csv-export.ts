import type { ExportLosses, ExportTable } from "../../core/figures/export-table.ts";
import type { FigureRow } from "../../core/figures/figure-row.ts";
import { hxlTag } from "../../core/figures/hxl-tags.ts";
import { type Provenance, provenanceLines } from "../../core/figures/provenance.ts";
import { INVISIBLE, unicodeEscape } from "../../core/invisible-characters.ts";
import type { UnitValue } from "../../core/sync/unit-change.ts";
import { csvCell, csvLine } from "./csv-line.ts";
import { inChunks } from "./in-chunks.ts";

export interface CsvOptions {
  /** A row of HXL tags below the header. */
  hxl: boolean;
  /** A byte order mark, by which old versions of Excel know UTF-8. */
  bom: boolean;
  /** Lines that begin with # above the header; null for none. An import takes them for a title. */
  provenance: Provenance | null;
  losses: ExportLosses;
}

/**
 * Rows as CSV with CRLF. Codes are in quotes. Formulas are disarmed, and control characters that a terminal would
 * obey are written as escapes.
 */
export function csvExport(table: ExportTable, options: CsvOptions): AsyncGenerator<string> {
  return inChunks(csvLines(table, options));
}

async function* csvLines({ columns, rows }: ExportTable, options: CsvOptions): AsyncGenerator<string> {
  const { hxl, bom, provenance, losses } = options;
  const names = columns.map(({ name }) => name);
  let head = bom ? "\ufeff" : "";
  for (const [label, text] of provenance === null ? [] : provenanceLines(provenance)) {
    head += `${csvCell(harmless(`# ${label}: ${text}`, losses).replaceAll("\n", " "))}\r\n`;
  }
  head += `${csvLine(names)}\r\n`;
  if (hxl) head += `${csvLine(names.map(hxlTag))}\r\n`;
  yield head;
  const cells = columns.map(({ name, read }) => {
    const cellOf = name.endsWith("_code") ? codeCell : valueCell;
    return (row: FigureRow) => cellOf(read(row), losses);
  });
  for await (const row of rows) yield `${cells.map((cell) => cell(row)).join(",")}\r\n`;
}

/** In quotes, which LibreOffice can take for text: a code without its leading zero looks like another one. */
function codeCell(value: UnitValue, losses: ExportLosses): string {
  const cell = valueCell(value, losses);
  return cell === "" || cell.startsWith('"') ? cell : `"${cell}"`;
}

function valueCell(value: UnitValue, losses: ExportLosses): string {
  if (value === null) return "";
  return typeof value === "string" ? csvCell(harmless(value, losses)) : String(value);
}

/** All but line breaks and tabs, which a quoted cell may hold. A lone CR would overwrite a line of the terminal. */
const UNPRINTABLE = new RegExp(`(?!\\n|\\r\\n|\\t)${INVISIBLE.source}`, "gu");

function harmless(text: string, losses: ExportLosses): string {
  if (text.search(UNPRINTABLE) === -1) return text;
  losses.escaped += 1;
  return text.replace(UNPRINTABLE, unicodeEscape);
}
