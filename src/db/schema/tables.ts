/** Every table that obc-sync reads or writes. These names are relied on from outside. */
export const TABLES = {
  regions: "regions",
  provinces: "provinces",
  municipalities: "municipalities",
  barangays: "barangays",
  placeOldNames: "place_old_names",
  communities: "obc_communities",
  municipalityCoverages: "municipality_coverages",
  provinceCoverages: "province_coverages",
  syncRuns: "sync_runs",
  changeLog: "change_log",
} as const;

/** Where the coverage of each level is kept and which places it is about. */
export const LEVELS = {
  municipality: {
    units: TABLES.municipalities,
    coverages: TABLES.municipalityCoverages,
    key: "municipality_id",
    names: "key_barangays",
  },
  province: {
    units: TABLES.provinces,
    coverages: TABLES.provinceCoverages,
    key: "province_id",
    names: "key_municipalities",
  },
} as const;
