import { grouped } from "../../../core/grouped.ts";
import type { TemplateReport } from "../../../core/import/import-report.ts";
import { counted, type Style } from "../style.ts";

export function templateText({ file, columns, rows, filled }: TemplateReport, { quiet }: Style): string[] {
  if (quiet) return [];
  const stored = filled === 0 ? "" : `, ${grouped(filled)} with the stored values`;
  const next = filled === 0 ? "Fill in the figures, delete the rows that you do not need" : "Correct what has changed";
  return [
    `Wrote ${file}: ${counted(columns, "column", "columns")}, ${counted(rows, "barangay", "barangays")}${stored}.`,
    `${next}, then: obc-sync import communities ${file}`,
  ];
}
