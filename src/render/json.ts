import { FORMAT_VERSION, type Report } from "../core/report.ts";
import { summarizeScope } from "../core/scope.ts";
import { differences, type SyncPlan } from "../core/sync-plan.ts";

/** The document that --json prints. Its keys are relied on from outside: docs/json.md describes them. */
export function reportDocument(report: Report): Record<string, unknown> {
  const { command } = report;
  const head = { formatVersion: FORMAT_VERSION, command };
  switch (command) {
    case "sync": {
      const { plan, dryRun, queries, durationMs } = report;
      return {
        ...head,
        dryRun,
        scope: summarizeScope(plan.scope),
        communities: plan.communities,
        municipalities: plan.municipalities,
        provinces: plan.provinces,
        changes: changeDocuments(plan),
        queries,
        durationMs: rounded(durationMs),
      };
    }
    case "verify": {
      const { drift, totals, checked, scope, durationMs } = report;
      const ok = drift.length === 0;
      return { ...head, ok, scope, drift, totals, checked, source: null, durationMs: rounded(durationMs) };
    }
    case "import": {
      const { skipInvalid: _, command: __, details, durationMs, ...rest } = report;
      return { ...head, ...rest, ...details, durationMs: rounded(durationMs) };
    }
    case "resolve": {
      const { command: _, durationMs, ...rest } = report;
      return { ...head, command: "import", what: "resolve", ...rest, durationMs: rounded(durationMs) };
    }
    case "template": {
      const { command: _, ...rest } = report;
      return { ...head, command: "import", what: "template", ...rest };
    }
    case "migrate":
    case "history": {
      return { ...head, ...report };
    }
  }
}

function changeDocuments(plan: SyncPlan): unknown[] {
  return plan.changes.map((change) => ({
    level: change.level,
    code: change.code,
    name: change.name,
    parent: change.parent,
    action: change.action,
    fields: differences(change, plan.columns),
  }));
}

/** Milliseconds to a tenth. */
function rounded(durationMs: number): number {
  return Math.round(durationMs * 10) / 10;
}
