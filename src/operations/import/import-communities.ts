import { InputError, UsageError } from "../../core/errors.ts";
import { FIELDS } from "../../core/fields.ts";
import { grouped } from "../../core/grouped.ts";
import type { CommunityImportDetails, ImportReport } from "../../core/import/import-report.ts";
import { municipalityTotals, type Totals, withArchived } from "../../core/import/import-totals.ts";
import type { SavedPlan } from "../../core/plans/saved-plan.ts";
import type { KeptChange } from "../../core/runs/kept-change.ts";
import { countChange, countUnits, noCounts } from "../../core/runs/run.ts";
import { type ScopeRequest, summarizeScope } from "../../core/sync/scope.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import { summarizePlan } from "../../core/sync/sync-report.ts";
import type { Session } from "../../db/connection/session.ts";
import {
  archiveCommunities,
  findMissing,
  type MissingCommunity,
  readTouchedScope,
  sumFigures,
} from "../../db/import/archive-store.ts";
import { holdStaged, keepStagedChanges } from "../../db/import/staged-changes.ts";
import { type ImportCounts, writeStaged } from "../../db/import/staging-store.ts";
import { readChanges } from "../../db/runs/change-reader.ts";
import { readScope } from "../../db/sync/scope-reader.ts";
import { type Connection, withReversibleTransaction } from "../../db/transaction/transaction.ts";
import type { Draft } from "../../files/out/output-file.ts";
import { withRegularFile } from "../../files/regular-file.ts";
import { pathGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import type { Opened } from "../shared/import/community-file.ts";
import { importedBefore } from "../shared/import/imported-before.ts";
import { type RejectsOptions, withRejectsFile, writeRejects } from "../shared/import/rejects-file.ts";
import { reviewStaged } from "../shared/import/review-staged.ts";
import { type StagedFile, type StagingOptions, stageFile } from "../shared/import/staged-file.ts";
import { fieldsOf, type OperationOptions } from "../shared/options.ts";
import { applySync, type SyncRequest } from "../shared/runs/apply-sync.ts";
import { beginRun, endRun, type Run } from "../shared/runs/run.ts";
import { runFile } from "../shared/runs/run-file.ts";
import { forgetPlan, keepPlan, type PlanUse } from "../shared/runs/saved-plan.ts";

export interface CommunityImportOptions extends StagingOptions, RejectsOptions, OperationOptions {
  /** Rolls the import back at the end, so that only its report remains. */
  dryRun: boolean;
  /** Imports the good rows even if others are bad. */
  skipInvalid: boolean;
  /** Whether to recalculate the coverages of the imported communities in the same transaction. */
  sync: boolean;
  /** Whether an empty cell keeps or clears the stored value. */
  blank: "keep" | "clear";
  /** The scope in which communities missing from the file are archived; null to archive none. */
  archiveMissing: ScopeRequest | null;
  /** Whether more than a fifth of a scope may be archived. */
  yes: boolean;
}

/** The defaults of the optional options. */
const DEFAULTS = {
  acceptFuzzy: null,
  onConflict: "update",
  maxErrors: null,
  createEmpty: false,
  dryRun: false,
  skipInvalid: false,
  rejectsFile: null,
  overwrite: false,
  otherInputs: [],
  sync: true,
  blank: "keep",
  archiveMissing: null,
  yes: false,
} as const satisfies Partial<CommunityImportOptions>;

/** Archiving a larger share of a scope requires --yes: most likely the file is incomplete. */
const MAX_ARCHIVED_SHARE = 0.2;

/**
 * Imports communities and recalculates their coverages in one transaction. Every row is checked before any is written.
 * If a row is bad, nothing is imported unless `skipInvalid` is true.
 *
 * @param options file: .csv, .tsv, .xlsx, .ods, .xls, .ndjson or .jsonl; "-" for standard input. Everything else has a default.
 */
export async function importCommunities(
  connection: Connection,
  given: Partial<CommunityImportOptions> & Pick<CommunityImportOptions, "file">,
): Promise<ImportReport> {
  return (await importWith(connection, given, forgetPlan)).report;
}

/**
 * A dry run of an import, with its plan in the form that can be saved and applied without the file. There is no plan where
 * bad rows prevent the import.
 */
export async function planImport(
  connection: Connection,
  given: Partial<CommunityImportOptions> & Pick<CommunityImportOptions, "file">,
): Promise<{ report: ImportReport; plan: SavedPlan | null }> {
  const { report, kept } = await importWith(connection, { ...given, dryRun: true }, keepPlan);
  return { report, plan: kept };
}

async function importWith<Kept>(
  connection: Connection,
  given: Partial<CommunityImportOptions> & Pick<CommunityImportOptions, "file">,
  use: PlanUse<Kept>,
): Promise<{ report: ImportReport; kept: Kept | null }> {
  const started = performance.now();
  callGiven(connection, given);
  pathGiven("file", given.file);
  const options: CommunityImportOptions = { ...DEFAULTS, ...given };
  refuseContradictions(options);
  const { outcome, kept } = await withRejectsFile(connection, options.file, options, (rejects) =>
    withRegularFile(options.file, options, (file) => importFile(connection, { ...options, file }, rejects, use)),
  );
  return { report: { ...outcome, file: options.file, durationMs: performance.now() - started }, kept };
}

type ImportOutcome = Omit<ImportReport, "durationMs" | "file">;

function refuseContradictions(options: CommunityImportOptions): void {
  const { archiveMissing, skipInvalid, maxErrors, allSheets, rejectsFile, blank } = options;
  if (allSheets && (rejectsFile !== null || blank === "clear")) {
    throw new UsageError(
      `--all-sheets cannot be combined with ${rejectsFile !== null ? "--rejects" : "--blank clear"}`,
      "The sheets may have different columns. Import them one at a time with --sheet.",
    );
  }
  if (archiveMissing?.kind === "all") {
    throw new UsageError(
      "--archive-missing needs a scope",
      "Give the units whose communities are all in the file: --region, --province or --municipality.",
    );
  }
  if (archiveMissing !== null && (skipInvalid || maxErrors !== null)) {
    throw new UsageError(
      `--archive-missing cannot be combined with ${skipInvalid ? "--skip-invalid" : "--max-errors"}`,
      "A community whose row is bad would count as missing.",
    );
  }
}

interface Written<Kept> {
  outcome: ImportOutcome;
  /** What was made of the plan; null where bad rows prevent the import. */
  kept: Kept | null;
}

async function importFile<Kept>(
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

/** Whether bad rows prevent the import: always, unless they are skipped and the file was read to its end. */
function isRefused(
  { rejected, details }: ImportOutcome,
  { skipInvalid }: Pick<CommunityImportOptions, "skipInvalid">,
): boolean {
  return rejected > 0 && (!skipInvalid || details?.stoppedAtRow !== null);
}

/** The result of an import before its sync. */
interface Imported {
  outcome: ImportOutcome;
  /** Of the communities; null where bad rows prevent the import. */
  totals: Totals | null;
  /** Communities that were archived, because the file does not have them. */
  missing: MissingCommunity[];
}

async function importInto(
  session: Session,
  run: Run,
  options: Opened<CommunityImportOptions>,
  draft: Draft | null,
): Promise<Imported> {
  const staged = await stageFile(session, options, options);
  const { rejects } = staged;
  const rejectsFile = rejects.rows === 0 ? null : (draft?.path ?? null);
  if (draft !== null && rejectsFile !== null) {
    options.progress?.(`Writing ${rejectsFile}`);
    await writeRejects(draft, staged, options);
  }
  const details: CommunityImportDetails = {
    totals: null,
    rejectKinds: rejects.kinds,
    warningKinds: staged.warnings.kinds,
    skipped: 0,
    withoutValues: staged.withoutValues,
    columns: staged.fileColumns,
    ignoredColumns: staged.ignoredColumns,
    headings: staged.headings,
    passedOver: staged.passedOver,
    sheets: staged.sheets,
    archived: [],
    stoppedAtRow: staged.stoppedAtRow,
    source: staged.source,
    rejectsFile,
  };
  const outcome: ImportOutcome = {
    command: "import",
    what: "communities",
    dryRun: options.dryRun,
    skipInvalid: options.skipInvalid,
    rows: staged.rows,
    created: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
    rejected: rejects.rows,
    rejects: rejects.kept.map(staged.locate),
    warnings: staged.warnings.kept.map(staged.locate),
    changes: [],
    changesOmitted: 0,
    run: null,
    sync: null,
    details,
  };
  if (isRefused(outcome, options)) return { outcome: { ...outcome, skipInvalid: false }, totals: null, missing: [] };
  return writeGood(session, run, staged, outcome, options);
}

async function writeGood(
  session: Session,
  run: Run,
  file: StagedFile,
  outcome: ImportOutcome,
  options: Opened<CommunityImportOptions>,
): Promise<Imported> {
  const { staged, columns, warnings } = file;
  const now = new Date().toISOString();
  await holdStaged(session);
  const rules = { onConflict: options.onConflict === "skip" ? "skip" : "update", blank: options.blank } as const;
  options.progress?.("Comparing with the stored communities");
  // A community that is archived takes all of its figures out of the totals.
  const fields = FIELDS.filter((field) => options.archiveMissing !== null || columns.includes(field));
  const { stored, totals } = await reviewStaged(session, file, fields, rules);
  warnings.addOfFile(await importedBefore(session, run));
  options.progress?.("Writing communities");
  await keepStagedChanges(session, columns, rules);
  const { skipped, ...counts }: ImportCounts = await writeStaged(session, columns, rules, {
    staged,
    stored,
    now,
  });
  const missing = await archiveMissing(session, options, now);
  const archived = missing.map(({ code, name, municipality }) => ({ code, name, municipality }));
  const archivedFigures = await sumFigures(
    session,
    missing.map((community) => community.barangay_id),
  );
  const details = { ...(outcome.details as CommunityImportDetails), skipped, archived, warningKinds: warnings.kinds };
  return {
    outcome: { ...outcome, ...counts, warnings: warnings.kept.map(file.locate), details },
    totals: withArchived(totals, archivedFigures),
    missing,
  };
}

/** @throws InputError if more than a fifth of the scope would be archived without --yes */
async function archiveMissing(
  session: Session,
  { archiveMissing: request, yes, dryRun, file }: Opened<CommunityImportOptions>,
  now: string,
): Promise<MissingCommunity[]> {
  if (request === null) return [];
  const scope = await readScope(session, request);
  if (scope.kind === "all") return [];
  const { active, missing } = await findMissing(session, scope);
  if (missing.length > active * MAX_ARCHIVED_SHARE && !yes && !dryRun) {
    throw new InputError(
      `${file.name} lacks ${grouped(missing.length)} of the ${grouped(active)} communities of ${scope.units.join(", ")}: archiving them would be more than 20 %`,
      "Nothing was written. List them with --dry-run. If the file is complete, add --yes.",
    );
  }
  await archiveCommunities(
    session,
    missing.map((community) => community.barangay_id),
    now,
  );
  return missing;
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

function archival({ barangay_id, code, name, municipality, province }: MissingCommunity): KeptChange {
  const fields = { is_deleted: { before: false, after: true } };
  return {
    level: "community",
    unitId: barangay_id,
    code,
    name,
    parent: municipality,
    province,
    action: "updated",
    fields,
  };
}
