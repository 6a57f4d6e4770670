import type { StatementCounts } from "../statement-counts.ts";
import type { SyncPlan } from "../sync/sync-plan.ts";
import type { ValueChange } from "../sync/unit-change.ts";
import type { CommunityAction, CommunityRecord } from "./community.ts";

/** One community, and what a change did to it and to the coverages above it. */
export interface CommunityReport {
  command: "community";
  action: CommunityAction | "show";
  /** The community before the change; absent for `show`. */
  before?: CommunityRecord;
  /** The community after the change. */
  community: CommunityRecord;
  /** The columns of the community that changed. */
  fields: Record<string, ValueChange>;
  /** The sync of the coverages above; null for `show`. */
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
