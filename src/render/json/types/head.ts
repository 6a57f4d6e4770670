/** The types of the JSON documents. docs/schemas is generated from them: their comments are its descriptions. */

import type { SyncFinding } from "../../../core/sync/sync-finding.ts";
import type { SyncSummary } from "../../../core/sync/sync-report.ts";
import type { UnitChange } from "../../../core/sync/unit-change.ts";

/** What every document begins with. */
export interface Head<Command extends string> {
  /** Version of the format. Increased when a key is removed or changes its meaning, not when one is added. */
  formatVersion: 1;
  /** The command that printed the document. */
  command: Command;
}

export interface Timed {
  /** Milliseconds on the open database, without the start of the program and the connection. */
  durationMs: number;
}

/** What was changed in one community or coverage, or would be. */
export type ChangeDocument = UnitChange;

/** A unit that a sync left out. */
export type FindingDocument = Omit<SyncFinding, "unitId">;

/** The sync at the end of a command. */
export interface SummaryDocument extends Omit<SyncSummary, "findings"> {
  /** Units that were left out, because a sum of theirs is too large. */
  findings: FindingDocument[];
}
