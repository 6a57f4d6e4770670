import { COMMUNITY_COLUMNS } from "../../core/records/community.ts";
import { coverageColumns } from "../../core/records/coverage.ts";
import type { UnitLevel, UnitValue } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { type TableName, valuesAsRead } from "../schema/schema.ts";

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

/** What a new row of a level has in these columns where nobody gives them a value, as it is read. */
export function blankValues({ schema }: Session, level: UnitLevel): Readonly<Record<string, UnitValue>> {
  const { table, columns } = UNIT_TABLES[level];
  const nothing = Object.fromEntries(columns.map((column) => [column, null]));
  // 0 for blank is read as blank where the application makes the column NOT NULL.
  const blank = table === "obc_communities" ? [] : schema.rules.blankFields.map((field) => [field, null]);
  const flags = level === "community" ? { is_deleted: false } : { is_deleted: false, auto_sync: true };
  return { ...valuesAsRead(schema, table, nothing), ...Object.fromEntries(blank), ...flags };
}
