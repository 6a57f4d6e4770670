import type { Knex } from "knex";

/**
 * The geography, the communities in it and the coverages above them.
 *
 * A released migration never changes and imports nothing, so that a database created today and one that was migrated
 * years ago have the same tables: see README.md beside this file.
 */
export async function up(knex: Knex): Promise<void> {
  for (const statement of create(TYPES[knex.client.driverName === "pg" ? "postgres" : "sqlite"])) {
    await knex.raw(statement);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [
    "province_coverages",
    "municipality_coverages",
    "obc_communities",
    "barangays",
    "municipalities",
    "provinces",
    "regions",
  ]) {
    await knex.raw(`drop table ${table}`);
  }
}

/** SQLite's tables are STRICT: otherwise another program could store 12.5 or 'many' in a column of whole numbers. */
const TYPES = {
  sqlite: {
    id: "integer not null primary key autoincrement",
    bigint: "integer",
    boolean: "integer",
    timestamp: "text",
    double: "real",
    yes: "1",
    no: "0",
    strict: " strict",
  },
  postgres: {
    id: "serial primary key",
    bigint: "bigint",
    boolean: "boolean",
    timestamp: "timestamptz",
    double: "double precision",
    yes: "true",
    no: "false",
    strict: "",
  },
};

type Types = (typeof TYPES)["sqlite"];

const FIELDS = [
  "estimated_obc_population",
  "total_barangay_population",
  "households",
  "families",
  "children_0_9",
  "adolescents_10_14",
  "youth_15_30",
  "adults_31_59",
  "seniors_60_plus",
  "women_count",
  "solo_parents_count",
  "pwd_count",
  "farmers_count",
  "fisherfolk_count",
  "unemployed_count",
  "indigenous_peoples_count",
  "idps_count",
  "migrants_transients_count",
  "csos_count",
  "associations_count",
  "number_of_peoples_organizations",
  "number_of_cooperatives",
  "number_of_social_enterprises",
  "number_of_micro_enterprises",
  "number_of_unbanked_obc",
  "mosques_count",
  "madrasah_count",
  "asatidz_count",
  "religious_leaders_count",
];

function create(types: Types): string[] {
  const figures = (table: string, type: string, max: string) =>
    FIELDS.map((field) => `${field} ${type} constraint ${table}_${field}_check check (${field} between 0 and ${max})`);
  const flag = (name: string, byDefault: string) =>
    `${name} ${types.boolean} not null default ${byDefault} check (${name} in (${types.yes}, ${types.no}))`;
  const lifecycle = [
    flag("is_deleted", types.no),
    `deleted_at ${types.timestamp}`,
    `created_at ${types.timestamp} not null default current_timestamp`,
    `updated_at ${types.timestamp} not null default current_timestamp`,
  ];
  const coverage = (table: string) => [
    ...figures(table, types.bigint, "9007199254740991"),
    "existing_support_programs text",
    flag("auto_sync", types.yes),
    ...lifecycle,
  ];
  const table = (name: string, columns: string[]) =>
    `create table ${name} (\n  ${columns.join(",\n  ")}\n)${types.strict}`;
  return [
    table("regions", [`id ${types.id}`, "code text not null", "name text not null"]),
    "create unique index regions_code_unique on regions (code)",

    table("provinces", [
      `id ${types.id}`,
      "region_id integer not null constraint provinces_region_id_foreign references regions (id)",
      "code text not null",
      "name text not null",
      "kind text not null check (kind in ('province', 'independent_city', 'special_area'))",
    ]),
    "create unique index provinces_code_unique on provinces (code)",
    "create index provinces_region_id_index on provinces (region_id)",

    table("municipalities", [
      `id ${types.id}`,
      "province_id integer not null constraint municipalities_province_id_foreign references provinces (id)",
      "code text not null",
      "name text not null",
      "kind text not null check (kind in ('municipality', 'city', 'sub_municipality'))",
    ]),
    "create unique index municipalities_code_unique on municipalities (code)",
    "create index municipalities_province_id_index on municipalities (province_id)",

    table("barangays", [
      `id ${types.id}`,
      "municipality_id integer not null constraint barangays_municipality_id_foreign references municipalities (id)",
      "code text not null",
      "name text not null",
      "population integer constraint barangays_population_check check (population >= 0)",
    ]),
    "create unique index barangays_code_unique on barangays (code)",
    // The name lists of coverages are read from this index, which has them in order.
    "create index barangays_municipality_id_name_index on barangays (municipality_id, name)",

    table("obc_communities", [
      "barangay_id integer primary key constraint obc_communities_barangay_id_foreign references barangays (id)",
      "obc_id text",
      "community_names text",
      "settlement_type text",
      "primary_ethnolinguistic_group text",
      "proximity_to_barmm text",
      "source_document_reference text",
      "notes text",
      `latitude ${types.double} constraint obc_communities_latitude_check check (latitude between -90 and 90)`,
      `longitude ${types.double} constraint obc_communities_longitude_check check (longitude between -180 and 180)`,
      ...figures("obc_communities", "integer", "2147483647"),
      ...lifecycle,
    ]),

    table("municipality_coverages", [
      "municipality_id integer primary key constraint municipality_coverages_municipality_id_foreign references municipalities (id)",
      `total_obc_communities ${types.bigint} not null default 0`,
      "key_barangays text not null default ''",
      ...coverage("municipality_coverages"),
    ]),

    table("province_coverages", [
      "province_id integer primary key constraint province_coverages_province_id_foreign references provinces (id)",
      `total_municipalities ${types.bigint} not null default 0`,
      `total_obc_communities ${types.bigint} not null default 0`,
      "key_municipalities text not null default ''",
      ...coverage("province_coverages"),
    ]),
  ];
}
