import { grouped } from "../../core/grouped.ts";
import type { MigrateReport, RemovalReport } from "../../core/runs/migrate-report.ts";
import type { Style } from "./style.ts";

export function migrateText(report: MigrateReport, { paint, quiet }: Style): string[] {
  if (quiet) return [];
  const citus = citusLines(report);
  if (report.statusOnly) {
    return [
      `Database ${report.database}, schema ${report.schema}`,
      ...report.applied.map((name) => `  ${paint.green("✓")} ${name}`),
      ...report.pending.map((name) => `  ${paint.yellow("·")} ${name} (pending)`),
      ...citus,
      report.pending.length === 0 ? "Up to date." : "Run: obc-sync migrate",
    ];
  }
  const missing = report.missingIndexes.map(
    (statement) =>
      `  ${paint.yellow("·")} Not created, since another account owns the table. It saves time: ${statement}`,
  );
  if (report.applied.length === 0) return [`Database ${report.database} is up to date.`, ...citus, ...missing];
  const applied = report.applied.map((name) => `  ${paint.green("✓")} ${name}`);
  return [`Migrated ${report.database}`, ...applied, ...citus, ...missing];
}

function citusLines({ citus }: MigrateReport): string[] {
  if (citus === null) return [];
  const nodes = citus.nodes === 1 ? "1 node" : `${grouped(citus.nodes)} nodes`;
  if (citus.isDistributed) return [`The communities are distributed over ${nodes} by Citus ${citus.version}.`];
  if (citus.nodes === 0) return [];
  return [`Citus ${citus.version} has ${nodes}. To distribute the communities over them: obc-sync migrate --citus`];
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
