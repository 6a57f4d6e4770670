import { type BrokenTrigger, describeBrokenTriggers } from "../../core/sync/broken-trigger.ts";
import type { Style } from "./style.ts";

/** What was wrong with the triggers of the change log, and what the sync does about it. */
export function repairedLines(repaired: readonly BrokenTrigger[], dryRun: boolean, { paint }: Style): string[] {
  if (repaired.length === 0) return [];
  const said = dryRun
    ? "! The triggers of the change log are broken, so changes may be missing from it. A sync would put them back and sync everything."
    : "! The triggers of the change log were broken, so changes may be missing from it. They were put back, and everything was synced.";
  return [paint.yellow(said), paint.yellow(`  ${describeBrokenTriggers(repaired)}`)];
}
