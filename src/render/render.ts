import { Chalk } from "chalk";
import { visibleJson } from "../core/invisible-characters.ts";
import type { Report } from "../core/report.ts";
import type { UnitChange } from "../core/sync/unit-change.ts";
import type { WatchEvent } from "../core/sync/watch-report.ts";
import { verifyGithub } from "./ci/github.ts";
import { verifyJunit } from "./ci/junit.ts";
import { documentText, eventDocument, reportDocument } from "./json/documents.ts";
import { communityText } from "./text/community.ts";
import { coverageText } from "./text/coverage.ts";
import { analyzeText, checkListText } from "./text/diagnosis/analyze.ts";
import { perfText } from "./text/diagnosis/perf.ts";
import { statusText } from "./text/diagnosis/status.ts";
import { verifyText } from "./text/diagnosis/verify.ts";
import { exportText } from "./text/figures/export.ts";
import { figureListText } from "./text/figures/figure-list.ts";
import { figuresText } from "./text/figures/report.ts";
import { columnsText } from "./text/import/columns.ts";
import { inspectText } from "./text/import/inspect.ts";
import { importText } from "./text/import/report.ts";
import { resolveText } from "./text/import/resolve.ts";
import { templateText } from "./text/import/template.ts";
import { migrateText, removalText } from "./text/migrate.ts";
import { historyText, pruneText, runText, unitHistoryText } from "./text/runs/history.ts";
import { applyText, planText } from "./text/runs/plan.ts";
import { revertText } from "./text/runs/revert.ts";
import { completionText } from "./text/setup/completion.ts";
import { initText } from "./text/setup/init.ts";
import type { Style } from "./text/style.ts";
import { syncText } from "./text/sync.ts";
import { eventLine, watchText } from "./text/watch.ts";
import { visibleIn } from "./visible.ts";

export interface RenderOptions {
  color: boolean;
  quiet: boolean;
  details: boolean;
  /** Columns of the terminal; null where the output is a file or a pipe. */
  width: number | null;
}

export type Format = "text" | "json" | "junit" | "github";

/** Lines are written in chunks of this many. */
const LINES_IN_A_CHUNK = 1_000;

/**
 * Renders a report in pieces, because the report of a first sync of a large country has tens of megabytes. The output
 * is empty or ends in a line break.
 */
export function* renderReport(report: Report, format: Format, options: RenderOptions): Generator<string> {
  if (format === "json") {
    for (const chunk of jsonChunks(report)) yield visibleJson(chunk);
    return;
  }
  const shown = visibleIn(report);
  if (shown.command === "verify" && format === "junit") yield verifyJunit(shown);
  else if (shown.command === "verify" && format === "github") yield verifyGithub(shown);
  else yield* inChunks(textLines(shown, { paint: new Chalk({ level: options.color ? 1 : 0 }), ...options }));
}

function* jsonChunks(report: Report): Generator<string> {
  // A watch prints one document on each line, so its report must be on one line as well.
  const indent = report.command === "watch" ? 0 : 2;
  const changes = longListIn(report);
  if (changes !== null) yield* documentText(reportDocument(report), changes);
  else yield `${JSON.stringify(reportDocument(report), null, indent)}\n`;
}

/** The changes of a report whose document has an empty list for them; null where the document has everything. */
function longListIn(report: Report): readonly UnitChange[] | null {
  switch (report.command) {
    case "sync":
      return report.plan.changes;
    case "import":
      return report.changes ?? null;
    case "plan":
      return report.plan.changes;
    case "revert":
    case "apply":
    case "history-run":
      return report.changes;
    default:
      return null;
  }
}

function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  for (const line of lines) {
    chunk.push(line);
    if (chunk.length < LINES_IN_A_CHUNK) continue;
    yield `${chunk.join("\n")}\n`;
    chunk = [];
  }
  if (chunk.length > 0) yield `${chunk.join("\n")}\n`;
}

/** Renders an event of a watch as one line; "" for an event that --quiet hides. */
export function renderEvent(event: WatchEvent, format: Format, options: RenderOptions): string {
  if (format === "json") return visibleJson(`${JSON.stringify(eventDocument(event))}\n`);
  const line = eventLine(visibleIn(event), { paint: new Chalk({ level: options.color ? 1 : 0 }), ...options });
  return line === "" ? "" : `${line}\n`;
}

function textLines(report: Report, style: Style): Iterable<string> {
  switch (report.command) {
    case "sync":
      return syncText(report, style);
    case "verify":
      return verifyText(report, style);
    case "import":
      return importText(report, style);
    case "resolve":
      return resolveText(report, style);
    case "template":
      return templateText(report, style);
    case "inspect":
      return inspectText(report, style);
    case "export":
      return exportText(report, style);
    case "figure-list":
      return figureListText(report, style);
    case "columns":
      return columnsText(report, style);
    case "status":
      return statusText(report, style);
    case "analyze":
      return analyzeText(report, style);
    case "analyze-list":
      return checkListText(report, style);
    case "report":
      return figuresText(report, style);
    case "perf":
      return perfText(report, style);
    case "migrate":
      return migrateText(report, style);
    case "migrate-remove":
      return removalText(report, style);
    case "history":
      return historyText(report, style);
    case "revert":
      return revertText(report, style);
    case "apply":
      return applyText(report, style);
    case "plan":
      return planText(report, style);
    case "history-run":
      return runText(report, style);
    case "history-unit":
      return unitHistoryText(report, style);
    case "history-prune":
      return pruneText(report, style);
    case "community":
      return communityText(report, style);
    case "coverage":
      return coverageText(report, style);
    case "watch":
      return watchText(report, style);
    case "completion":
      return completionText(report);
    case "init":
      return initText(report, style);
  }
}
