import { FIELDS } from "../../core/fields.ts";
import { municipalityColumns, provinceColumns } from "../../core/sync/sync-plan.ts";
import type { TableName } from "./schema.ts";

/**
 * The columns that change capture watches: those that a coverage depends on. A change to another column, such as notes,
 * affects no coverage.
 */
export const CAPTURED = {
  obc_communities: ["barangay_id", "is_deleted", ...FIELDS],
  barangays: ["id", "municipality_id", "name"],
  municipalities: ["id", "province_id", "name"],
  municipality_coverages: ["municipality_id", "auto_sync", "is_deleted", ...municipalityColumns(FIELDS)],
  province_coverages: ["province_id", "auto_sync", "is_deleted", ...provinceColumns(FIELDS)],
} as const satisfies Partial<Record<TableName, readonly string[]>>;

export type CapturedTable = keyof typeof CAPTURED;
