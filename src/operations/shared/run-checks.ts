import type { CheckDescription, CheckResult } from "../../core/diagnosis/analysis.ts";
import type { CheckContext } from "../../db/checks/check.ts";
import { runCheck } from "../../db/checks/check-reader.ts";

/** Runs checks one after the other. @param sample the number of findings to return for each */
export async function runChecks(
  context: CheckContext,
  checks: readonly CheckDescription[],
  sample: number,
  progress: (message: string) => void,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { id, title } of checks) {
    progress(`Checking: ${title}`);
    results.push(await runCheck(id, context, sample));
  }
  return results;
}
