/**
 * obc-sync as a library: the operations of the command line, each on a Knex instance or inside a Knex transaction of
 * yours. docs/library.md sets them beside what they replace.
 */

export {
  ConcurrentChangeError,
  DatabaseError,
  InputError,
  InterruptedError,
  LockHeldError,
  ObcSyncError,
  UnitError,
  UsageError,
} from "./core/errors.ts";
export { FIELDS, type Field } from "./core/fields.ts";
export type { CommunityRecord, CommunityValues } from "./core/records/community.ts";
export type { CoverageRecord } from "./core/records/coverage.ts";
export type { Level } from "./core/sync/level.ts";
export type { CoverageValue, PlannedChange, SyncPlan } from "./core/sync/sync-plan.ts";
export { migrationSource } from "./db/schema/migration-source.ts";
export type { CommunityReference } from "./db/sync/scope-reader.ts";
export * from "./library/communities.ts";
export * from "./library/coverages.ts";
export type { OperationOptions, SyncOptions } from "./library/options.ts";
export * from "./library/syncs.ts";
export type { CommunityOutcome } from "./operations/community.ts";
export type { Connection } from "./operations/connection.ts";
export type { CoverageOutcome } from "./operations/coverage.ts";
