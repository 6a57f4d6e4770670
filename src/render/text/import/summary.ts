import Table from "cli-table3";
import { grouped } from "../../../core/grouped.ts";
import type { ImportReport } from "../../../core/import/import-report.ts";
import type { LevelCounts } from "../../../core/sync/sync-plan.ts";
import type { Style } from "../style.ts";

/** The columns of the table: heading, heading in a dry run, and whether the column is shown if every count is 0. */
const COLUMNS = [
  { key: "created", done: "Created", dryRun: "Create", always: true },
  { key: "updated", done: "Updated", dryRun: "Update", always: true },
  { key: "unchanged", done: "Unchanged", dryRun: "Unchanged", always: true },
  { key: "removed", done: "Removed", dryRun: "Remove", always: false },
  { key: "archived", done: "Archived", dryRun: "Archive", always: false },
  { key: "leftAlone", done: "Left alone", dryRun: "Leave alone", always: false },
  { key: "leftOut", done: "Left out", dryRun: "Leave out", always: false },
] as const;

/** One row of the table. Counts that do not apply to it are absent. */
type Counts = { label: string } & Partial<Record<(typeof COLUMNS)[number]["key"], number>>;

/** The table at the end of an import: what was written at each level, or how many rows were bad. */
export function importSummary(report: ImportReport, style: Style): string[] {
  return isRefused(report) ? refusedTable(report, style) : writtenTable(report);
}

/** Whether nothing was written because of bad rows. */
export function isRefused({ rejected, skipInvalid }: ImportReport): boolean {
  return rejected > 0 && !skipInvalid;
}

function refusedTable({ what, rows, rejected }: ImportReport, { paint }: Style): string[] {
  const figures = [grouped(rows), grouped(rows - rejected), paint.red(grouped(rejected))];
  return drawn(["Summary", "Read", "Good", "Bad"], [[nameOf(what), ...figures]]);
}

function writtenTable(report: ImportReport): string[] {
  const { what, dryRun, created, updated, unchanged, removed, rejected, details, sync } = report;
  const imported: Counts = {
    label: report.psgcCodes === undefined ? nameOf(what) : "PSGC codes",
    ...{ created, updated, unchanged, removed, leftOut: rejected },
    ...{ archived: details?.archived.length ?? 0, leftAlone: details?.skipped ?? 0 },
  };
  const coverages = (label: string, { manual, archived, ...counts }: LevelCounts): Counts => ({
    label,
    ...counts,
    leftAlone: manual + archived,
  });
  const rows =
    sync === null
      ? [imported]
      : [
          imported,
          coverages("Municipal coverage", sync.municipalities),
          coverages("Provincial coverage", sync.provinces),
        ];
  const columns = COLUMNS.filter(({ key, always }) => always || rows.some((row) => (row[key] ?? 0) > 0));
  return drawn(
    [dryRun ? "Dry run: would" : "Summary", ...columns.map((column) => (dryRun ? column.dryRun : column.done))],
    rows.map((row) => [row.label, ...columns.map(({ key }) => (row[key] === undefined ? "" : grouped(row[key])))]),
  );
}

function nameOf(what: ImportReport["what"]): string {
  return what === "communities" ? "Communities" : "Places";
}

function drawn(head: string[], rows: string[][]): string[] {
  const table = new Table({
    head,
    colAligns: head.map((_, column) => (column === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString().split("\n");
}
