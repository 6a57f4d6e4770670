import { FIELDS } from "../../core/fields.ts";
import { municipalityColumns, provinceColumns } from "../../core/sync/sync-plan.ts";

/**
 * What change capture watches: for each table the columns that a coverage depends on, in any way. A change to any
 * other column (notes, say) is nobody's business here.
 */
export const CAPTURED = {
  obc_communities: ["barangay_id", "is_deleted", ...FIELDS],
  barangays: ["municipality_id", "name"],
  municipalities: ["province_id", "name"],
  municipality_coverages: ["municipality_id", "auto_sync", "is_deleted", ...municipalityColumns(FIELDS)],
  province_coverages: ["province_id", "auto_sync", "is_deleted", ...provinceColumns(FIELDS)],
} as const satisfies Record<string, readonly string[]>;

export interface TriggerSet {
  names: string[];
  create: string[];
  drop: string[];
}
