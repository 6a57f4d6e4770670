import createKnex, { type Knex } from "knex";
import { afterEach } from "vitest";
import type { TestDatabase } from "./databases.ts";

/**
 * Opens Knex instances as a user of the library would, with no settings except the location of the database: on
 * PostgreSQL a bigint is a string, on SQLite foreign keys are off. They are closed after each test.
 */
export function useUsersKnex(database: TestDatabase): () => Knex {
  const opened: Knex[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((knex) => knex.destroy()));
  });
  return () => {
    const knex =
      database.kind === "sqlite"
        ? createKnex({
            client: "better-sqlite3",
            connection: { filename: database.location },
            useNullAsDefault: true,
          })
        : createKnex({ client: "pg", connection: database.location });
    opened.push(knex);
    return knex;
  };
}
