import type { ApplyReport, PlanReport } from "../../core/plans/plan-report.ts";
import type { SavedPlan } from "../../core/plans/saved-plan.ts";
import type { Connection } from "../../db/transaction/transaction.ts";
import { withOutputFile } from "../../files/out/output-file.ts";
import { readPlan, writePlan } from "../../files/plan-file.ts";
import { functionGiven, pathGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import type { OperationOptions } from "../shared/options.ts";
import { databaseFiles } from "../shared/protected-files.ts";
import { apply } from "./apply.ts";

export interface PlanFileOptions {
  /** The file to write. */
  planFile: string;
  /** Whether it may replace another; never a file that is read, or the database. */
  overwrite?: boolean | undefined;
  /** The files that `make` reads. */
  inputs?: readonly string[] | undefined;
}

/**
 * Makes a plan by a dry run and saves it, if there is one. Whether the file may be written is checked first.
 *
 * @param make planSync, planImport or planRevert
 * @throws UsageError where the file exists, or cannot be written
 */
export async function savePlan<Report extends { planFile?: string | undefined }>(
  connection: Connection,
  options: PlanFileOptions,
  make: () => Promise<{ report: Report; plan: SavedPlan | null }>,
): Promise<Report> {
  callGiven(connection, options);
  pathGiven("planFile", options.planFile);
  functionGiven("make", make);
  const { planFile, overwrite = false, inputs = [] } = options;
  const never = [...inputs.map((path) => ({ path, what: "the file that is read" })), ...databaseFiles(connection)];
  return withOutputFile({ path: planFile, flag: "--plan-out", overwrite, never }, async (draft) => {
    const { report, plan } = await make();
    if (plan === null) return report;
    writePlan(draft, plan);
    return { ...report, planFile };
  });
}

/** Reads a plan from its file and applies it. @throws InputError if the file is no plan or was edited; as `apply` */
export async function applyPlanFile(
  connection: Connection,
  file: string,
  options: OperationOptions = {},
): Promise<ApplyReport> {
  callGiven(connection, options);
  pathGiven("file", file);
  return { ...(await apply(connection, readPlan(file), options)), file };
}

/** Reads a plan from its file. @throws InputError if the file is no plan or was edited */
export async function showPlanFile(file: string): Promise<PlanReport> {
  pathGiven("file", file);
  return { command: "plan", file, plan: readPlan(file) };
}
