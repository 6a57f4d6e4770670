import type { ErrorCode } from "../../../core/errors.ts";
import type { ScopeSummary } from "../../../core/sync/scope.ts";
import type { SyncPlan } from "../../../core/sync/sync-plan.ts";
import type { SyncReport } from "../../../core/sync/sync-report.ts";
import type { WatchReport } from "../../../core/sync/watch-report.ts";
import type { ChangeDocument, FindingDocument, Head, Timed } from "./head.ts";

/** The parts of a plan that need no other form. */
type Counted = Pick<SyncPlan, "municipalities" | "provinces" | "repaired">;

/** sync */
export interface SyncDocument
  extends Head<"sync">,
    Timed,
    Counted,
    Pick<SyncReport, "dryRun" | "planFile" | "queries"> {
  scope: ScopeSummary;
  /** Communities in the scope that are not archived. */
  communities: number;
  /** What was written, or would be: sorted by level, then code. */
  changes: ChangeDocument[];
  /** Units that were left out, because a sum of theirs is too large; if there is one, the exit code is 2. */
  findings: FindingDocument[];
}

/** watch: the document at its end. Each is on one line. */
export interface WatchDocument extends Head<"watch">, Timed, Pick<WatchReport, "syncs" | "failures"> {}

interface EventHead<Kind extends string> extends Head<"watch"> {
  event: Kind;
  /** ISO 8601 in UTC. */
  at: string;
}

/** watch: one document, on one line, for each event. */
export type WatchEventDocument =
  | (EventHead<"started"> & {
      /** The database, without a password. */
      database: string;
    })
  | (EventHead<"synced"> & Timed & Counted & Pick<SyncDocument, "changes" | "findings">)
  | (EventHead<"failed"> & {
      message: string;
      /** Milliseconds until the next attempt. */
      retryInMs: number;
    })
  | EventHead<"recovered">;

/** What any command prints if it fails. */
export interface ErrorDocument {
  /** Version of the format. */
  formatVersion: 1;
  error: {
    /** INTERNAL is a bug in the program. */
    code: ErrorCode | "INTERNAL";
    /** What is wrong. */
    message: string;
    /** What to do next. */
    hint: string;
  };
}
