import type { StatementCounts } from "../statement-counts.ts";
import type { SyncPlan, ValueChange } from "../sync/sync-plan.ts";
import type { CommunityAction, CommunityRecord } from "./community.ts";

/** One community: as it is, or what a change did to it and to the coverages above. */
export interface CommunityReport {
  command: "community";
  action: CommunityAction | "show";
  /** As it is now. */
  community: CommunityRecord;
  /** What the change changed in the community itself. */
  fields: Record<string, ValueChange>;
  /** Null where it was only shown. */
  plan: SyncPlan | null;
  queries: StatementCounts;
  durationMs: number;
}

/** What a change did to a community and to the coverages above it. */
export interface CommunityChangeReport extends CommunityReport {
  before: CommunityRecord;
  /** The same as `community`. */
  after: CommunityRecord;
  plan: SyncPlan;
}
