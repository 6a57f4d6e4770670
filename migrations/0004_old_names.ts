import type { Knex } from "knex";

/** Names that places had before, as the PSGC lists them: files that people typed still have them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("place_old_names", (table) => {
    table.text("code").notNullable();
    table.text("name").notNullable();
    table.primary(["code", "name"]);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("place_old_names");
}
