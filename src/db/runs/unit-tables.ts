import { COMMUNITY_COLUMNS } from "../../core/records/community.ts";
import { coverageColumns } from "../../core/records/coverage.ts";
import type { UnitLevel } from "../../core/sync/unit-change.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import type { TableName } from "../schema/schema.ts";

interface UnitTable {
  table: TableName;
  key: string;
  /** The columns whose changes a run keeps. */
  columns: readonly string[];
}

/** The table of the units of each level. */
export const UNIT_TABLES: Record<UnitLevel, UnitTable> = {
  community: { table: "obc_communities", key: "barangay_id", columns: ["is_deleted", ...COMMUNITY_COLUMNS] },
  municipality: coverages("municipality"),
  province: coverages("province"),
};

function coverages(level: "municipality" | "province"): UnitTable {
  const { coverages: table, key } = COVERAGE_TABLES[level];
  return { table, key, columns: ["is_deleted", "auto_sync", ...coverageColumns(level)] };
}
