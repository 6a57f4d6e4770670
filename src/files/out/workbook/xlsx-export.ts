import type { ExportLosses, ExportTable } from "../../../core/figures/export-table.ts";
import { hxlTag } from "../../../core/figures/hxl-tags.ts";
import { type Provenance, provenanceLines } from "../../../core/figures/provenance.ts";
import type { UnitValue } from "../../../core/sync/unit-change.ts";
import type { Draft } from "../output-file.ts";
import { textSheet, valueSheet } from "./xlsx-sheets.ts";
import { type WorkbookSheet, writeWorkbook } from "./xlsx-workbook.ts";

export interface XlsxOptions {
  /** A row of HXL tags below the header. */
  hxl: boolean;
  provenance: Provenance;
  losses: ExportLosses;
}

/**
 * Writes a workbook with one sheet for each table and a last one that says where they come from.
 *
 * @throws UsageError where the draft cannot be written
 */
export function xlsxExport(draft: Draft, tables: readonly ExportTable[], options: XlsxOptions): Promise<void> {
  const { hxl, provenance, losses } = options;
  const sheets = tables.map((table): WorkbookSheet => {
    const names = table.columns.map(({ name }) => name);
    const headers = hxl ? [names, names.map(hxlTag)] : [names];
    return { title: table.title, xml: valueSheet(table.columns, headers, valuesOf(table), losses) };
  });
  return writeWorkbook(draft, [...sheets, { title: "About", xml: textSheet(provenanceLines(provenance), losses) }]);
}

async function* valuesOf({ columns, rows }: ExportTable): AsyncGenerator<UnitValue[]> {
  for await (const row of rows) yield columns.map(({ read }) => read(row));
}
