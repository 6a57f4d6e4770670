import type { Knex } from "knex";

/** The run log: one row for each sync that was applied, read by `obc-sync history`. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("sync_runs", (table) => {
    table.increments("id");
    table.text("command").notNullable();
    table.text("scope_kind").notNullable();
    // PSGC codes as a JSON array of text; empty for everything.
    table.text("scope_units").notNullable();
    table.integer("communities").notNullable();
    table.integer("municipalities_created").notNullable();
    table.integer("municipalities_updated").notNullable();
    table.integer("provinces_created").notNullable();
    table.integer("provinces_updated").notNullable();
    table.double("duration_ms").notNullable();
    table.timestamp("finished_at").notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("sync_runs");
}
