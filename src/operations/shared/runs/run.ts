import type { KeptChange } from "../../../core/runs/kept-change.ts";
import { mergedChanges } from "../../../core/runs/merged-changes.ts";
import { countChange, noCounts, type RunCounts, type RunFile } from "../../../core/runs/run.ts";
import { type ScopeSummary, summarizeScope } from "../../../core/sync/scope.ts";
import type { SyncPlan } from "../../../core/sync/sync-plan.ts";
import type { Session } from "../../../db/connection/session.ts";
import { recordRun } from "../../../db/runs/run-store.ts";
import { keepChanges } from "../../../db/runs/value-store.ts";
import type { OperationOptions } from "../options.ts";
import { defaultActor } from "./actor.ts";

/** A run that has begun and is recorded at its end. */
export interface Run {
  /** The name of the command in the run log. */
  command: string;
  actor: string;
  startedAt: Date;
  /** The same on a clock that nobody sets, in milliseconds. */
  started: number;
  file: RunFile | null;
  /** The run that this one takes back. */
  reverts: number | null;
  /** Its number and what it changed, once it is recorded. */
  id: number | null;
  counts: RunCounts | null;
}

export function beginRun(
  command: string,
  { actor = defaultActor() }: OperationOptions,
  { file = null, reverts = null }: Partial<Pick<Run, "file" | "reverts">> = {},
): Run {
  return { command, actor, startedAt: new Date(), started: performance.now(), file, reverts, id: null, counts: null };
}

/** What a run did. */
export interface RunOutcome {
  /** Its sync; null if it synced nothing. */
  plan: SyncPlan | null;
  /** The scope of a run without a sync. */
  scope?: ScopeSummary;
  /** What it changed besides. The sync may have changed the same coverages after that. */
  direct?: readonly KeptChange[];
  /** Units whose changes have been kept already. */
  counts?: RunCounts;
}

/** Records a run with every value that it changed, in its own transaction. */
export async function endRun(session: Session, run: Run, outcome: RunOutcome): Promise<void> {
  const { plan, direct = [], counts = noCounts() } = outcome;
  const changes = mergedChanges(direct, plan?.changes ?? []);
  for (const { level, action } of changes) countChange(counts, level, action);
  await keepChanges(session, changes);
  const scope = outcome.scope ?? (plan === null ? { kind: "all", units: [] } : summarizeScope(plan.scope));
  run.counts = counts;
  run.id = await recordRun(session, {
    command: run.command,
    actor: run.actor,
    startedAt: run.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    durationMs: performance.now() - run.started,
    scope,
    file: run.file,
    reverts: run.reverts,
    counts,
    plan,
  });
}
