import type { ImportReport } from "../../core/import/import-report.ts";
import type { SavedPlan } from "../../core/plans/saved-plan.ts";
import type { Connection } from "../../db/transaction/transaction.ts";
import { withRegularFile } from "../../files/regular-file.ts";
import { pathGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import { withRejectsFile } from "../shared/import/rejects/rejects-file.ts";
import { forgetPlan, keepPlan, type PlanUse } from "../shared/runs/saved-plan.ts";
import { importFile } from "./communities/import-file.ts";
import { type CommunityImportOptions, DEFAULTS, refuseContradictions } from "./communities/import-options.ts";

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
