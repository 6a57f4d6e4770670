import type { TemplateReport } from "../../../core/import/import-report.ts";
import { counted, type Style } from "../style.ts";

export function templateText({ file, columns, rows }: TemplateReport, { quiet }: Style): string[] {
  if (quiet) return [];
  return [
    `Wrote ${file}: ${counted(columns, "column", "columns")}, ${counted(rows, "barangay", "barangays")} filled in.`,
    `Fill in the figures, delete the rows that you do not need, then: obc-sync import communities ${file}`,
  ];
}
