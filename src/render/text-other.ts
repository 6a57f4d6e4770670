import Table from "cli-table3";
import type { HistoryReport, MigrateReport, RecordedRun } from "../core/report.ts";
import { grouped, type Style, seconds } from "./text-style.ts";

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

export function historyText({ runs }: HistoryReport, { quiet }: Style): string[] {
  if (quiet) return [];
  if (runs.length === 0) return ["No sync has been applied yet. Run: obc-sync sync"];
  const table = new Table({
    head: ["Run", "Finished (UTC)", "Command", "Scope", "Communities", "Municipalities", "Provinces", "Took"],
    colAligns: ["right", "left", "left", "left", "right", "left", "left", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const run of runs) {
    table.push([
      run.id,
      run.finishedAt.slice(0, 19).replace("T", " "),
      run.command,
      scopeText(run),
      grouped(run.communities),
      `${run.municipalities.created} created, ${run.municipalities.updated} updated`,
      `${run.provinces.created} created, ${run.provinces.updated} updated`,
      seconds(run.durationMs),
    ]);
  }
  return table.toString().split("\n");
}

function scopeText({ scope }: RecordedRun): string {
  if (scope.units.length === 0) return scope.kind;
  const shown = scope.units.slice(0, 2).join(", ");
  return `${scope.kind} ${shown}${scope.units.length > 2 ? ` and ${scope.units.length - 2} more` : ""}`;
}
