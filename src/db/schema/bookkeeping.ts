/** The program's own tables, for writes. Every database object that it adds to the schema's tables is named obc_sync_*. */
export const BOOKKEEPING = {
  changeLog: "obc_sync_change_log",
  runs: "obc_sync_runs",
  /** What each run changed. */
  runValues: "obc_sync_run_values",
  /** Former names of places. */
  oldNames: "obc_sync_old_names",
  /** The PSGC codes of places that have other codes. */
  places: "obc_sync_places",
  /** When a sync of what changed last found nothing to do. */
  heartbeat: "obc_sync_heartbeat",
  migrations: "obc_sync_migrations",
} as const;

/** The id of the run that this transaction will record, as a subquery. The lock lets no other run take it meanwhile. */
export const NEXT_RUN = `(select coalesce(max(id), 0) + 1 from ${BOOKKEEPING.runs})`;

/** The FROM items for reads of the bookkeeping. */
export type BookkeepingRelations = Readonly<
  Record<"changeLog" | "runs" | "runValues" | "oldNames" | "places" | "heartbeat", string>
>;

/** Those of a database without it, on which everything that only reads must work: relations without rows. */
export const NO_BOOKKEEPING: BookkeepingRelations = {
  changeLog: noRows({
    id: "bigint",
    changed_at: "integer",
    barangay_id: "bigint",
    municipality_id: "bigint",
    province_id: "bigint",
  }),
  runs: noRows({
    id: "integer",
    command: "text",
    actor: "text",
    started_at: "timestamp",
    finished_at: "timestamp",
    duration_ms: "real",
    scope_kind: "text",
    scope_units: "text",
    communities: "integer",
    counts: "text",
    file_name: "text",
    file_sha256: "text",
    reverts: "integer",
  }),
  runValues: noRows({
    run_id: "integer",
    level: "text",
    unit_id: "bigint",
    code: "text",
    action: "text",
    changes: "text",
    synced: "integer",
    removed_row: "text",
  }),
  oldNames: noRows({ code: "text", name: "text" }),
  places: noRows({ level: "text", unit_id: "bigint", psgc_code: "text" }),
  heartbeat: noRows({ id: "integer", checked_at: "timestamp" }),
};

function noRows(columns: Record<string, string>): string {
  const list = Object.entries(columns).map(([name, type]) => `cast(null as ${type}) as ${name}`);
  return `(select ${list.join(", ")} where 1 = 0)`;
}
