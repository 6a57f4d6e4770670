import type { Knex } from "knex";
import {
  COMMUNITY_COORDINATES,
  COMMUNITY_TEXT_COLUMNS,
  FIELDS,
  MAX_COMMUNITY_FIGURE,
  MAX_COVERAGE_FIGURE,
} from "../src/core/fields.ts";

/** The tables of the geography, the communities in it and the coverages above them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("regions", (table) => {
    table.increments("id");
    addCode(table);
  });

  await knex.schema.createTable("provinces", (table) => {
    table.increments("id");
    addParent(table, "region_id", "regions");
    addCode(table);
    addKind(table, ["province", "independent_city", "special_area"]);
  });

  await knex.schema.createTable("municipalities", (table) => {
    table.increments("id");
    addParent(table, "province_id", "provinces");
    addCode(table);
    addKind(table, ["municipality", "city", "sub_municipality"]);
  });

  await knex.schema.createTable("barangays", (table) => {
    table.increments("id");
    table.integer("municipality_id").notNullable().references("municipalities.id");
    addCode(table);
    table.integer("population");
    table.check("population >= 0", undefined, "barangays_population_check");
    // The name lists of coverages are read straight from this index, already in order.
    table.index(["municipality_id", "name"], "barangays_municipality_id_name_index");
  });

  await knex.schema.createTable("obc_communities", (table) => {
    table.integer("barangay_id").primary().references("barangays.id");
    for (const column of COMMUNITY_TEXT_COLUMNS) table.text(column);
    for (const [column, { min, max }] of Object.entries(COMMUNITY_COORDINATES)) {
      table.double(column);
      table.check(`${column} between ${min} and ${max}`, undefined, `obc_communities_${column}_check`);
    }
    for (const field of FIELDS) {
      table.integer(field);
      table.check(`${field} between 0 and ${MAX_COMMUNITY_FIGURE}`, undefined, `obc_communities_${field}_check`);
    }
    addLifecycle(table, knex);
  });

  await knex.schema.createTable("municipality_coverages", (table) => {
    table.integer("municipality_id").primary().references("municipalities.id");
    table.bigInteger("total_obc_communities").notNullable().defaultTo(0);
    table.text("key_barangays").notNullable().defaultTo("");
    addCoverageColumns(table, knex, "municipality_coverages");
  });

  await knex.schema.createTable("province_coverages", (table) => {
    table.integer("province_id").primary().references("provinces.id");
    table.bigInteger("total_municipalities").notNullable().defaultTo(0);
    table.bigInteger("total_obc_communities").notNullable().defaultTo(0);
    table.text("key_municipalities").notNullable().defaultTo("");
    addCoverageColumns(table, knex, "province_coverages");
  });
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
    await knex.schema.dropTable(table);
  }
}

function addCode(table: Knex.CreateTableBuilder): void {
  table.text("code").notNullable().unique();
  table.text("name").notNullable();
}

function addParent(table: Knex.CreateTableBuilder, column: string, parent: string): void {
  table.integer(column).notNullable().references(`${parent}.id`).index();
}

function addKind(table: Knex.CreateTableBuilder, kinds: string[]): void {
  table.text("kind").notNullable().checkIn(kinds);
}

function addLifecycle(table: Knex.CreateTableBuilder, knex: Knex): void {
  table.boolean("is_deleted").notNullable().defaultTo(false);
  table.timestamp("deleted_at");
  table.timestamp("created_at").notNullable().defaultTo(knex.fn.now());
  table.timestamp("updated_at").notNullable().defaultTo(knex.fn.now());
}

function addCoverageColumns(table: Knex.CreateTableBuilder, knex: Knex, name: string): void {
  for (const field of FIELDS) {
    table.bigInteger(field);
    table.check(`${field} between 0 and ${MAX_COVERAGE_FIGURE}`, undefined, `${name}_${field}_check`);
  }
  table.text("existing_support_programs");
  table.boolean("auto_sync").notNullable().defaultTo(true);
  addLifecycle(table, knex);
}
