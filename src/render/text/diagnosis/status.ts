import { hasNoRecords } from "../../../core/diagnosis/status-problems.ts";
import { ageSeconds, type StatusContents, type StatusReport } from "../../../core/diagnosis/status-report.ts";
import { grouped } from "../../../core/grouped.ts";
import type { Level } from "../../../core/sync/level.ts";
import { counted, type Style, wrapped } from "../style.ts";

export function statusText(report: StatusReport, style: Style): string[] {
  const { paint, quiet } = style;
  const { problems, next, contents, metricsFile } = report;
  const found = problems.flatMap(({ message }) => wrapped(`✗ ${message}`, style, "  ", paint.red));
  const step = next === null ? [] : [`Next: ${paint.bold(next)}`];
  if (quiet) return problems.length === 0 ? [] : [...found, ...step];
  const rows: Row[] = [["Database", report.database], ...setupRows(report)];
  if (contents !== null) rows.push(...contentRows(contents, report));
  const empty = contents !== null && hasNoRecords(contents) ? [paint.yellow(`! ${EMPTY}`)] : [];
  const verdict = [...empty, ...(found.length > 0 ? found : [paint.green("✓ Healthy")])];
  const written = metricsFile === null ? [] : [paint.dim(`Metrics written to ${metricsFile}`)];
  return [...tableOf(rows, style), "", ...verdict, ...step, ...written];
}

const EMPTY = "The database is empty: it has no communities and no coverages";

type Row = [label: string, text: string];

/** Aligned, for reading line by line; a long line stays whole, so that grep finds it. */
function tableOf(rows: readonly Row[], { paint }: Style): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `${paint.dim(label.padEnd(width))}  ${text}`);
}

function setupRows({ schema, migrations, contents, version }: StatusReport): Row[] {
  if (schema === null || migrations === null) return [["obc-sync", version]];
  const { applied, pending } = migrations;
  const state = pending.length === 0 ? `${applied.at(-1)} is the newest` : `${pending.join(", ")} pending`;
  const rows: Row[] = [
    ["obc-sync", version],
    ["Schema", schema],
    ["Migrations", state],
  ];
  const triggers = contents?.triggers ?? null;
  if (triggers !== null) {
    const { expected, broken } = triggers;
    rows.push(["Triggers", broken.length === 0 ? `${expected} in place` : `${broken.length} of ${expected} broken`]);
  }
  return rows;
}

function contentRows(contents: StatusContents, report: StatusReport): Row[] {
  const { edition, barangays, communities, coverages, waiting, lastSync, heartbeat, drift } = contents;
  const since = (time: string) =>
    `${time.slice(0, 19).replace("T", " ")} UTC, ${ageText(ageSeconds(time, report))} ago`;
  const rows: Row[] = [
    ["Geography", `${counted(barangays, "barangay", "barangays")}${edition === null ? "" : `, ${edition}`}`],
    ["Communities", `${grouped(communities.active)}${besides({ archived: communities.archived })}`],
    ["Coverages", `${coverageText("municipality", coverages)}; ${coverageText("province", coverages)}`],
    ["Waiting", waiting.oldest === null ? "no changes" : waitingText(waiting.entries, since(waiting.oldest))],
    [
      "Last sync",
      lastSync === null ? "none" : `${since(lastSync.finishedAt)}: run ${lastSync.run}, ${lastSync.command}`,
    ],
  ];
  if (heartbeat !== null) rows.push(["Heartbeat", `${since(heartbeat)}: nothing to do`]);
  rows.push(["Drift", drift === null ? "not looked for: add --verify" : driftText(drift)]);
  return rows;
}

const UNITS = { municipality: ["municipality", "municipalities"], province: ["province", "provinces"] } as const;

function coverageText(level: Level, coverages: StatusContents["coverages"]): string {
  const { automatic, manual, archived } = coverages[level];
  const [one, several] = UNITS[level];
  return `${counted(automatic + manual, one, several)}${besides({ manual, archived })}`;
}

/** " (3 manual, 1 archived)"; "" where all counts are 0. */
function besides(counts: Record<string, number>): string {
  const named = Object.entries(counts).filter(([, count]) => count > 0);
  return named.length === 0 ? "" : ` (${named.map(([name, count]) => `${grouped(count)} ${name}`).join(", ")})`;
}

function waitingText(entries: number, oldest: string): string {
  return `${counted(entries, "change", "changes")}, the oldest of ${oldest}`;
}

function driftText({ checked, differing, leftOut }: NonNullable<StatusContents["drift"]>): string {
  const found = [
    ...(differing > 0 ? [`${grouped(differing)} differ`] : []),
    ...(leftOut > 0 ? [`${grouped(leftOut)} left out`] : []),
  ];
  return `${found.length === 0 ? "none" : found.join(", ")}; ${counted(checked, "coverage", "coverages")} checked`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "40 s", "12 min", "5 h" or "3 d": as exact as anybody needs. */
function ageText(age: number): string {
  if (age < 2 * MINUTE) return `${age} s`;
  if (age < 2 * HOUR) return `${Math.floor(age / MINUTE)} min`;
  return age < 2 * DAY ? `${Math.floor(age / HOUR)} h` : `${Math.floor(age / DAY)} d`;
}
