import { COMMUNITY_COORDINATES, COMMUNITY_TEXT_COLUMNS, FIELDS } from "../../core/fields.ts";
import { SUPPORT_PROGRAMS } from "../../core/records/coverage.ts";
import { municipalityColumns, provinceColumns } from "../../core/sync/sync-plan.ts";
import { BOOKKEEPING } from "./bookkeeping.ts";
import { OBCMS_TEXTS } from "./obcms-choices.ts";
import type { BaseTable, DatabaseKind, ExpectedIndex, Schema, TableName } from "./schema.ts";

/**
 * The tables of OBCMS, as Django creates them. docs/obcms.md says what a coverage of OBCMS holds; the columns that are
 * NOT NULL without a default are read from the catalog, because a later version of OBCMS may add some.
 */
export function obcmsSchema(database: DatabaseKind): Schema {
  return {
    name: "obcms",
    isOwn: false,
    relations: relations(database),
    tables: {
      regions: table("common_region"),
      provinces: table("common_province"),
      municipalities: table("common_municipality"),
      barangays: table("common_barangay", { population: "population_total" }),
      obc_communities: table("communities_obc_community"),
      municipality_coverages: table("communities_municipalitycoverage"),
      province_coverages: table("communities_provincecoverage"),
    },
    bookkeeping: BOOKKEEPING,
    indexes: [
      index("common_province", "provinces", ["region_id"]),
      index("common_municipality", "municipalities", ["province_id"]),
      index("common_barangay", "barangays", ["municipality_id", "name"]),
      {
        table: "obc_communities",
        columns: ["barangay_id"],
        isPartial: true,
        createIndex:
          "create index obc_sync_archived_communities on communities_obc_community (barangay_id) where is_deleted;",
      },
    ],
    codes: "own",
    texts: OBCMS_TEXTS,
    rules: {
      blankFields: [BLANK_FIELD],
      coversArchived: true,
      names: { order: "collation", distinctMunicipalities: true },
      maxFigure: 2_147_483_647,
    },
    stampsUpdates: false,
    distribution: null,
    timestamp: database === "sqlite" ? djangoTime : (iso) => iso,
  };
}

/** As Django writes it to SQLite: 2026-11-24 14:38:08.123456, in UTC. */
function djangoTime(iso: string): string {
  return iso.replace("T", " ").replace("Z", "000");
}

/** The figure that OBCMS leaves blank in automatic coverages. */
const BLANK_FIELD = "estimated_obc_population";

/** What Django puts into a column that nobody sets, where it is not the empty value of the column's type. */
const DJANGO_DEFAULTS = { settlement_type: "'village'", is_active: "true", auto_sync: "true" };

function table(name: string, columns: BaseTable["columns"] = {}): BaseTable {
  return { name, columns, otherKeys: ["id"], fill: DJANGO_DEFAULTS, unfillable: {}, optional: {} };
}

function index(name: string, on: TableName, columns: string[]): ExpectedIndex {
  const indexName = `obc_sync_${on}_${columns.join("_")}`;
  return {
    table: on,
    columns,
    isPartial: false,
    createIndex: `create index ${indexName} on ${name} (${columns.join(", ")});`,
  };
}

function relations(database: DatabaseKind): Schema["relations"] {
  const from = (name: string, columns: readonly string[]) => `(select ${columns.join(", ")} from ${name})`;
  const place = ["id", "code", "name"];
  const times = ["is_deleted", "deleted_at", "created_at", "updated_at"];
  // Django stores an empty text for none.
  const text = (column: string) => `nullif(${column}, '') as ${column}`;
  const coverage = [text(SUPPORT_PROGRAMS), "auto_sync", ...times, ...(database === "postgres" ? ["xmin"] : [])];
  /** A coverage, with 0 for blank read as blank where a later version of OBCMS has made the column NOT NULL. */
  const fromCoverage = (table: string, columns: readonly string[]) => {
    const isNotNull = neverNull(database, table, BLANK_FIELD);
    const blank = `case when auto_sync and ${BLANK_FIELD} = 0 and ${isNotNull} then null else ${BLANK_FIELD} end`;
    return from(
      table,
      columns.map((column) => (column === BLANK_FIELD ? `${blank} as ${column}` : column)),
    );
  };
  return {
    regions: from("common_region", place),
    provinces: from("common_province", [
      ...place,
      "region_id",
      "case when substr(code, 1, 4) = 'HUC_' then 'independent_city' else 'province' end as kind",
    ]),
    municipalities: from("common_municipality", [
      ...place,
      "province_id",
      "case when lower(municipality_type) like '%city%' then 'city' else 'municipality' end as kind",
    ]),
    barangays: from("common_barangay", [...place, "municipality_id", "population_total as population"]),
    obc_communities: from("communities_obc_community", [
      "barangay_id",
      ...COMMUNITY_TEXT_COLUMNS.map(text),
      ...Object.keys(COMMUNITY_COORDINATES),
      ...FIELDS,
      ...times,
    ]),
    municipality_coverages: fromCoverage("communities_municipalitycoverage", [
      "municipality_id",
      ...municipalityColumns(FIELDS),
      ...coverage,
    ]),
    province_coverages: fromCoverage("communities_provincecoverage", [
      "province_id",
      ...provinceColumns(FIELDS),
      ...coverage,
    ]),
  };
}

/** Whether a column is NOT NULL: a subquery on the catalog, which a statement evaluates once. */
function neverNull(database: DatabaseKind, table: string, column: string): string {
  return database === "sqlite"
    ? `(select "notnull" from pragma_table_info('${table}') where name = '${column}')`
    : `(select attnotnull from pg_attribute where attrelid = '${table}'::regclass and attname = '${column}')`;
}
