import type { Level } from "../../core/sync/level.ts";
import type { TableName } from "./schema.ts";

export interface CoverageTable {
  /** The places that the coverages of this level summarize. */
  units: TableName;
  coverages: "municipality_coverages" | "province_coverages";
  /** The coverage's primary key: the id of its unit. */
  key: "municipality_id" | "province_id";
  /** The column that lists the names of the units below. */
  names: "key_barangays" | "key_municipalities";
  /** The places above the units, and the unit's reference to them. */
  parents: TableName;
  parentKey: "province_id" | "region_id";
}

export const COVERAGE_TABLES: Record<Level, CoverageTable> = {
  municipality: {
    units: "municipalities",
    coverages: "municipality_coverages",
    key: "municipality_id",
    names: "key_barangays",
    parents: "provinces",
    parentKey: "province_id",
  },
  province: {
    units: "provinces",
    coverages: "province_coverages",
    key: "province_id",
    names: "key_municipalities",
    parents: "regions",
    parentKey: "region_id",
  },
};
