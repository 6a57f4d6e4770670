/** The program's own tables, for writes. Every database object that it adds to the schema's tables is named obc_sync_*. */
export const BOOKKEEPING = {
  changeLog: "obc_sync_change_log",
  runs: "obc_sync_runs",
  /** Former names of places. */
  oldNames: "obc_sync_old_names",
  /** The PSGC codes of places that have other codes. */
  places: "obc_sync_places",
  migrations: "obc_sync_migrations",
} as const;

/** The FROM items for reads of the bookkeeping. */
export type BookkeepingRelations = Readonly<Record<"changeLog" | "runs" | "oldNames" | "places", string>>;

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
    scope_kind: "text",
    scope_units: "text",
    communities: "integer",
    municipalities_created: "integer",
    municipalities_updated: "integer",
    provinces_created: "integer",
    provinces_updated: "integer",
    duration_ms: "real",
    finished_at: "timestamp",
  }),
  oldNames: noRows({ code: "text", name: "text" }),
  places: noRows({ level: "text", unit_id: "bigint", psgc_code: "text" }),
};

function noRows(columns: Record<string, string>): string {
  const list = Object.entries(columns).map(([name, type]) => `cast(null as ${type}) as ${name}`);
  return `(select ${list.join(", ")} where 1 = 0)`;
}
