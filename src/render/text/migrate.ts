import type { MigrateReport } from "../../core/runs/migrate-report.ts";
import type { Style } from "./style.ts";

export function migrateText(report: MigrateReport, { paint, quiet }: Style): string[] {
  if (quiet) return [];
  if (report.statusOnly) {
    return [
      `Database ${report.database}`,
      ...report.applied.map((name) => `  ${paint.green("✓")} ${name}`),
      ...report.pending.map((name) => `  ${paint.yellow("·")} ${name} (pending)`),
      report.pending.length === 0 ? "Up to date." : "Run: obc-sync migrate",
    ];
  }
  if (report.applied.length === 0) return [`Database ${report.database} is up to date.`];
  return [`Migrated ${report.database}`, ...report.applied.map((name) => `  ${paint.green("✓")} ${name}`)];
}
