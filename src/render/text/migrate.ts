import type { MigrateReport, RemovalReport } from "../../core/runs/migrate-report.ts";
import type { Style } from "./style.ts";

export function migrateText(report: MigrateReport, { paint, quiet }: Style): string[] {
  if (quiet) return [];
  if (report.statusOnly) {
    return [
      `Database ${report.database}, schema ${report.schema}`,
      ...report.applied.map((name) => `  ${paint.green("✓")} ${name}`),
      ...report.pending.map((name) => `  ${paint.yellow("·")} ${name} (pending)`),
      report.pending.length === 0 ? "Up to date." : "Run: obc-sync migrate",
    ];
  }
  const missing = report.missingIndexes.map(
    (statement) =>
      `  ${paint.yellow("·")} Not created, since another account owns the table. It saves time: ${statement}`,
  );
  if (report.applied.length === 0) return [`Database ${report.database} is up to date.`, ...missing];
  return [`Migrated ${report.database}`, ...report.applied.map((name) => `  ${paint.green("✓")} ${name}`), ...missing];
}

export function removalText({ database, removed, left }: RemovalReport, { paint, quiet }: Style): string[] {
  if (quiet) return [];
  const notRemoved = left.map(
    (statement) =>
      `  ${paint.yellow("·")} Not removed, since another account owns the table. As that account, run: ${statement}`,
  );
  if (removed.length === 0 && left.length === 0) return [`Database ${database} has nothing of obc-sync's own.`];
  return [
    `Removed from ${database}`,
    ...removed.map(({ kind, name }) => `  ${paint.green("✓")} ${kind} ${name}`),
    ...notRemoved,
    "All other tables are as they were.",
  ];
}
