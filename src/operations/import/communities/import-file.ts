import { UsageError } from "../../../core/errors.ts";
import { grouped } from "../../../core/grouped.ts";
import type { CommunityImportDetails } from "../../../core/import/import-report.ts";
import { municipalityTotals } from "../../../core/import/import-totals.ts";
import { countChange, countUnits, noCounts } from "../../../core/runs/run.ts";
import { summarizeScope } from "../../../core/sync/scope.ts";
import type { SyncPlan } from "../../../core/sync/sync-plan.ts";
import { summarizePlan } from "../../../core/sync/sync-report.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readTouchedScope } from "../../../db/import/archive-store.ts";
import { readChanges } from "../../../db/runs/change-reader.ts";
import { type Connection, withReversibleTransaction } from "../../../db/transaction/transaction.ts";
import type { Draft } from "../../../files/out/output-file.ts";
import type { Opened } from "../../shared/import/community-file.ts";
import { fieldsOf } from "../../shared/options.ts";
import { applySync, type SyncRequest } from "../../shared/runs/apply-sync.ts";
import { beginRun, endRun, type Run } from "../../shared/runs/run.ts";
import { runFile } from "../../shared/runs/run-file.ts";
import type { PlanUse } from "../../shared/runs/saved-plan.ts";
import { archival } from "./archive-missing.ts";
import { type Imported, type ImportOutcome, importInto } from "./import-into.ts";
import type { CommunityImportOptions } from "./import-options.ts";

export interface Written<Kept> {
  outcome: ImportOutcome;
  /** What was made of the plan; null where bad rows prevent the import. */
  kept: Kept | null;
}

/** Imports a file and recalculates its coverages, in one transaction. */
export async function importFile<Kept>(
  connection: Connection,
  options: Opened<CommunityImportOptions>,
  draft: Draft | null,
  use: PlanUse<Kept>,
): Promise<Written<Kept>> {
  const run = beginRun("import", options, { file: await runFile(options.file) });
  return withReversibleTransaction<Written<Kept>>(connection, options, async (session) => {
    const { outcome, totals, missing } = await importInto(session, run, options, draft);
    if (totals === null) return { value: { outcome, kept: null }, keep: false };
    // Here the index of barangays is no longer referenced, so its memory, as much as the plan's, can be freed.
    const request = {
      scope: await readTouchedScope(session, [...new Set(missing.map((community) => community.municipality_id))]),
      fields: fieldsOf(options),
      provinces: true,
    };
    const plan = await finish(session, run, { outcome, missing }, request, options);
    const changes = await readChanges(session, run.id as number);
    const changesOmitted = communitiesOf(run) - changes.filter(({ level }) => level === "community").length;
    const municipalities = plan && municipalityTotals(plan);
    const { command, file } = run;
    const parts = () => {
      if (changesOmitted > 0) throw tooLargeForPlan(changesOmitted);
      return { command, file, changes, sync: options.sync ? request : null };
    };
    const kept = await use(session, parts, options);
    const written: ImportOutcome = {
      ...outcome,
      sync: plan && summarizePlan(plan, summarizeScope(plan.scope)),
      details: { ...outcome.details, totals: { communities: totals, municipalities } } as CommunityImportDetails,
      changes,
      changesOmitted,
      run: options.dryRun ? null : run.id,
    };
    return { value: { outcome: written, kept }, keep: !options.dryRun };
  });
}

function communitiesOf({ counts }: Run): number {
  return counts === null ? 0 : countUnits({ ...noCounts(), communities: counts.communities });
}

function tooLargeForPlan(omitted: number): UsageError {
  return new UsageError(
    `a plan has at most 50,000 communities, and the file changes ${grouped(omitted)} more`,
    "Import it without --plan-out, or in parts.",
  );
}

/** Recalculates the coverages of what was imported, unless it is not to, and records the run. */
async function finish(
  session: Session,
  run: Run,
  { outcome, missing }: Pick<Imported, "outcome" | "missing">,
  request: SyncRequest,
  { sync, progress }: Opened<CommunityImportOptions>,
): Promise<SyncPlan | null> {
  const counts = noCounts();
  countChange(counts, "community", "created", outcome.created);
  countChange(counts, "community", "updated", outcome.updated);
  const done = { direct: missing.map(archival), counts };
  if (sync) {
    progress?.("Recalculating coverages");
    return applySync(session, request, run, done);
  }
  await endRun(session, run, { ...done, plan: null, scope: summarizeScope(request.scope) });
  return null;
}
