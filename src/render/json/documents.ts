import type { SavedPlan } from "../../core/plans/saved-plan.ts";
import { FORMAT_VERSION, type Report } from "../../core/report.ts";
import type { ActionCounts, RecordedRun } from "../../core/runs/run.ts";
import { summarizeScope } from "../../core/sync/scope.ts";
import type { SyncFinding } from "../../core/sync/sync-finding.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import type { SyncReport } from "../../core/sync/sync-report.ts";
import type { UnitChange } from "../../core/sync/unit-change.ts";
import type { WatchEvent } from "../../core/sync/watch-report.ts";
import { isClean } from "../../core/verify/verify-report.ts";
import { analyzeDocument } from "./analyze.ts";
import { exportDocument, listDocument } from "./figures.ts";
import { perfDocument } from "./perf.ts";
import { figuresDocument } from "./report.ts";
import { rounded } from "./rounded.ts";
import { statusDocument } from "./status.ts";
import type { ReportDocument } from "./types/document.ts";
import type { ChangeDocument, FindingDocument, Head } from "./types/head.ts";
import type { PlanSummary, RunDocument } from "./types/runs.ts";
import type { SyncDocument, WatchEventDocument } from "./types/sync.ts";

/** The document that --json prints. Its keys are a public interface, described in docs/json.md. */
export function reportDocument(report: Report): ReportDocument {
  switch (report.command) {
    case "sync":
      return syncDocument(report);
    case "verify": {
      const { drift, totals, checked, isEmpty, scope, source, page, durationMs } = report;
      const findings = findingDocuments(report.findings);
      const ok = isClean(report);
      return {
        ...headOf("verify"),
        ok,
        scope,
        drift,
        findings,
        totals,
        checked,
        empty: isEmpty,
        source,
        ...(page && { page }),
        durationMs: rounded(durationMs),
      };
    }
    case "import": {
      const { skipInvalid: _, command: __, details, durationMs, ...imported } = report;
      const rest = imported.changes === undefined ? imported : { ...imported, changes: [] };
      const sync = rest.sync && { ...rest.sync, findings: findingDocuments(rest.sync.findings) };
      return { ...headOf("import"), ...rest, sync, ...details, durationMs: rounded(durationMs) };
    }
    case "resolve": {
      const { command: _, durationMs, ...rest } = report;
      return { ...headOf("import"), what: "resolve", ...rest, durationMs: rounded(durationMs) };
    }
    case "columns":
      return { ...headOf("import"), what: "columns", columns: report.columns };
    case "template": {
      const { command: _, ...rest } = report;
      return { ...headOf("import"), what: "template", ...rest };
    }
    case "inspect": {
      const { command: _, durationMs, ...rest } = report;
      return { ...headOf("inspect"), ...rest, durationMs: rounded(durationMs) };
    }
    case "export":
      return exportDocument(report);
    case "figure-list":
      return listDocument(report);
    case "status":
      return statusDocument(report);
    case "analyze":
      return analyzeDocument(report);
    case "analyze-list":
      return { ...headOf("analyze"), checks: report.checks };
    case "report":
      return figuresDocument(report);
    case "perf":
      return perfDocument(report);
    case "migrate":
      return { ...report, ...headOf("migrate") };
    case "completion":
      return { ...report, ...headOf("completion") };
    case "init":
      return { ...report, ...headOf("init") };
    case "history":
      return { ...headOf("history"), runs: report.runs.map(runDocument) };
    case "history-run":
      return {
        ...headOf("history"),
        run: runDocument(report.run),
        changes: [],
        omitted: report.omitted,
        forgotten: report.isForgotten,
      };
    case "history-unit": {
      const runs = report.entries.map(({ run, change: { action, fields } }) => ({
        ...runDocument(run),
        change: { action, fields },
      }));
      return { ...headOf("history"), unit: report.unit, runs };
    }
    case "revert": {
      const { dryRun, reverts, run, overtaken, sync, planFile, durationMs } = report;
      return {
        ...headOf("revert"),
        dryRun,
        reverts: reverts.id,
        run,
        changes: [],
        overtaken: overtaken.map(({ change: { level, code, name, parent }, reason }) => ({
          ...{ level, code, name, parent, reason },
        })),
        sync: sync && { ...sync, findings: findingDocuments(sync.findings) },
        planFile,
        durationMs: rounded(durationMs),
      };
    }
    case "apply": {
      const { file, plan, run, sync, durationMs } = report;
      return {
        ...headOf("apply"),
        plan: planDocument(file, plan),
        run,
        changes: [],
        sync: sync && { ...sync, findings: findingDocuments(sync.findings) },
        durationMs: rounded(durationMs),
      };
    }
    case "plan":
      return { ...headOf("plan"), plan: planDocument(report.file, report.plan), changes: [] };
    case "history-prune": {
      const { dryRun, before, runs, units } = report;
      return { ...headOf("history"), pruned: { dryRun, before, runs, units } };
    }
    case "migrate-remove": {
      const { database, schema, removed, left } = report;
      return { ...headOf("migrate"), database, schema, removed, left };
    }
    case "watch": {
      const { syncs, failures, durationMs } = report;
      return { ...headOf("watch"), syncs, failures, durationMs: rounded(durationMs) };
    }
    case "community": {
      const { action, community, fields, plan, queries, durationMs } = report;
      const { values, barangayId: _, municipalityId: __, provinceId: ___, version: ____, ...place } = community;
      return {
        ...headOf("community"),
        action,
        community: { ...place, values },
        fields,
        changes: plan === null ? [] : changeDocuments(plan),
        findings: plan === null ? [] : findingDocuments(plan.findings),
        queries,
        durationMs: rounded(durationMs),
      };
    }
    case "coverage": {
      const { action, coverage, reconciliation, fields, plan, queries, durationMs } = report;
      const { level, code, name, parent, coverage: state } = coverage;
      return {
        ...headOf("coverage"),
        action,
        coverage: { level, code, name, parent, ...state },
        reconciliation,
        fields,
        changes: plan === null ? [] : changeDocuments(plan),
        findings: plan === null ? [] : findingDocuments(plan.findings),
        queries,
        durationMs: rounded(durationMs),
      };
    }
  }
}

function headOf<Command extends string>(command: Command): Head<Command> {
  return { formatVersion: FORMAT_VERSION, command };
}

/** A plan without its changes. */
function planDocument(planFile: string, plan: SavedPlan): PlanSummary {
  const { command, createdAt, actor, database, schema, file, reverts, sync } = plan;
  const scope = sync === null ? null : summarizeScope(sync.scope);
  return { planFile, command, createdAt, actor, database, schema, file, reverts, scope };
}

/** A run of the history. */
function runDocument({ durationMs, counts, ...run }: RecordedRun): RunDocument {
  const coverages = ({ created, updated }: ActionCounts) => ({ created, updated });
  return {
    ...run,
    counts,
    municipalities: coverages(counts.municipalities),
    provinces: coverages(counts.provinces),
    durationMs: rounded(durationMs),
  };
}

/** The document of one event of a watch; with --json, each is printed on one line. */
export function eventDocument(event: WatchEvent): WatchEventDocument {
  const head = headOf("watch");
  const { at } = event;
  switch (event.kind) {
    case "started":
      return { ...head, event: event.kind, at, database: event.database };
    case "recovered":
      return { ...head, event: event.kind, at };
    case "failed":
      return { ...head, event: event.kind, at, message: event.error.message, retryInMs: event.retryInMs };
    case "synced": {
      const { plan, durationMs } = event;
      const { municipalities, provinces, repaired } = plan;
      const [changes, findings] = [changeDocuments(plan), findingDocuments(plan.findings)];
      const counts = { municipalities, provinces };
      return {
        ...head,
        event: event.kind,
        at,
        ...counts,
        changes,
        findings,
        repaired,
        durationMs: rounded(durationMs),
      };
    }
  }
}

/** The document of a sync with an empty list of changes, for `documentText`. */
function syncDocument({ command, plan, dryRun, planFile, queries, durationMs }: SyncReport): SyncDocument {
  return {
    formatVersion: FORMAT_VERSION,
    command,
    dryRun,
    scope: summarizeScope(plan.scope),
    communities: plan.communities,
    municipalities: plan.municipalities,
    provinces: plan.provinces,
    changes: [],
    findings: findingDocuments(plan.findings),
    repaired: plan.repaired,
    planFile,
    queries,
    durationMs: rounded(durationMs),
  };
}

const NO_CHANGES = '"changes": []';

/**
 * A document with an empty list "changes" as text, with these changes in it, generated one at a time: a first sync of a
 * large country is very long.
 */
export function* documentText(document: object, changes: ReadonlyArray<UnitChange>): Generator<string> {
  const whole = `${JSON.stringify(document, null, 2)}\n`;
  if (changes.length === 0) {
    yield whole;
    return;
  }
  const [before, after] = whole.split(NO_CHANGES);
  yield `${before}"changes": [`;
  for (const [index, change] of changes.entries()) {
    // Not /^/gm, which would also indent after the line separators (U+2028) that a string may hold.
    const text = JSON.stringify(changeDocument(change), null, 2).replaceAll("\n", "\n    ");
    yield `${index === 0 ? "" : ","}\n    ${text}`;
  }
  yield `\n  ]${after}`;
}

function changeDocuments(plan: SyncPlan): ChangeDocument[] {
  return plan.changes.map(changeDocument);
}

function changeDocument(change: UnitChange): ChangeDocument {
  return {
    level: change.level,
    code: change.code,
    name: change.name,
    parent: change.parent,
    ...(change.province === undefined ? {} : { province: change.province }),
    action: change.action,
    fields: change.fields,
  };
}

function findingDocuments(findings: readonly SyncFinding[]): FindingDocument[] {
  return findings.map(({ unitId: _, ...finding }) => finding);
}
