import { MAX_COVERAGE_FIGURE } from "../../core/fields.ts";
import { BOOKKEEPING } from "./bookkeeping.ts";
import type { BaseTable, ExpectedIndex, Schema, TableName } from "./schema.ts";

/** The tables as the migrations create them. Their names are public: other programs rely on them. */
export const nativeSchema: Schema = {
  name: "native",
  isOwn: true,
  relations: {
    regions: "regions",
    provinces: "provinces",
    municipalities: "municipalities",
    barangays: "barangays",
    obc_communities: "obc_communities",
    municipality_coverages: "municipality_coverages",
    province_coverages: "province_coverages",
  },
  tables: {
    regions: table("regions"),
    provinces: table("provinces"),
    municipalities: table("municipalities"),
    barangays: table("barangays"),
    obc_communities: table("obc_communities"),
    municipality_coverages: table("municipality_coverages"),
    province_coverages: table("province_coverages"),
  },
  bookkeeping: BOOKKEEPING,
  indexes: [
    index("regions", ["code"], "unique"),
    index("provinces", ["code"], "unique"),
    index("provinces", ["region_id"]),
    index("municipalities", ["code"], "unique"),
    index("municipalities", ["province_id"]),
    index("barangays", ["code"], "unique"),
    index("barangays", ["municipality_id", "name"]),
  ],
  codes: "psgc",
  texts: {},
  rules: {
    blankFields: [],
    coversArchived: false,
    names: { order: "code-point", distinctMunicipalities: false },
    maxFigure: MAX_COVERAGE_FIGURE,
  },
  stampsUpdates: true,
  distribution: null,
  timestamp: (iso) => iso,
};

function table(name: TableName): BaseTable {
  return { name, columns: {}, otherKeys: [], fill: {}, unfillable: {}, optional: {} };
}

function index(on: TableName, columns: string[], unique?: "unique"): ExpectedIndex {
  const name = `${on}_${columns.join("_")}_${unique ?? "index"}`;
  const kind = unique === undefined ? "index" : "unique index";
  return {
    table: on,
    columns,
    isPartial: false,
    createIndex: `create ${kind} ${name} on ${on} (${columns.join(", ")});`,
  };
}
