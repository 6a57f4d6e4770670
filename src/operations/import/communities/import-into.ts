import { FIELDS } from "../../../core/fields.ts";
import type { CommunityImportDetails, ImportReport } from "../../../core/import/import-report.ts";
import { type TotalChanges, withArchived } from "../../../core/import/import-totals.ts";
import { ROWS_OF_A_SHEET } from "../../../core/rows/sheet-rows.ts";
import type { Session } from "../../../db/connection/session.ts";
import { type MissingCommunity, sumFigures } from "../../../db/import/archive-store.ts";
import { holdStaged, keepStagedChanges } from "../../../db/import/staged-changes.ts";
import { keepMissingColumns, type StagedSheet } from "../../../db/import/staged-sheets.ts";
import { type ImportCounts, writeStaged } from "../../../db/import/staging-store.ts";
import type { Draft } from "../../../files/out/output-file.ts";
import type { Opened } from "../../shared/import/community-file.ts";
import { importedBefore } from "../../shared/import/imported-before.ts";
import { writeRejects } from "../../shared/import/rejects/rejects-file.ts";
import { reviewStaged } from "../../shared/import/review-staged.ts";
import { stageFile } from "../../shared/import/stage-file.ts";
import type { StagedFile } from "../../shared/import/staged-file.ts";
import type { Run } from "../../shared/runs/run.ts";
import { archiveMissing } from "./archive-missing.ts";
import type { CommunityImportOptions } from "./import-options.ts";

export type ImportOutcome = Omit<ImportReport, "durationMs" | "file">;

/** The result of an import before its sync. */
export interface Imported {
  outcome: ImportOutcome;
  /** Of the communities; null where bad rows prevent the import. */
  totals: TotalChanges | null;
  /** Communities that were archived, because the file does not have them. */
  missing: MissingCommunity[];
}

/** Imports the communities of a file; their coverages are left as they are. */
export async function importInto(
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
    ...staged.read,
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

/** Whether bad rows prevent the import: always, unless they are skipped and the file was read to its end. */
function isRefused(
  { rejected, details }: ImportOutcome,
  { skipInvalid }: Pick<CommunityImportOptions, "skipInvalid">,
): boolean {
  return rejected > 0 && (!skipInvalid || details?.stoppedAtRow !== null);
}

/** The rows of each sheet, and the columns that it does not have. */
function sheetsOf({ headers, columns }: StagedFile): StagedSheet[] {
  return headers.map((header, table) => ({
    firstRow: table * ROWS_OF_A_SHEET,
    lastRow: (table + 1) * ROWS_OF_A_SHEET - 1,
    missing: columns.filter((name) => header.columns.find((column) => column.name === name)?.index === -1),
  }));
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
  if (file.sheets !== null && options.blank === "clear") await keepMissingColumns(session, sheetsOf(file));
  const rules = { onConflict: options.onConflict === "skip" ? "skip" : "update", blank: options.blank } as const;
  options.progress?.("Comparing with the stored communities");
  // A community that is archived takes all of its figures out of the totals.
  const fields = FIELDS.filter((field) => options.archiveMissing !== null || columns.includes(field));
  const { stored, totals } = await reviewStaged(session, file, fields, rules);
  warnings.addOfFile(await importedBefore(session, run));
  options.progress?.("Writing communities");
  const kept = await keepStagedChanges(session, columns, rules);
  const { skipped, ...counts }: ImportCounts = await writeStaged(session, columns, rules, {
    staged,
    stored,
    kept,
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
