import type { TestDatabase } from "./databases.ts";

/** Drops every foreign key of a PostgreSQL database. SQLite only switches them off, by a pragma. */
export async function dropForeignKeys(database: TestDatabase): Promise<void> {
  const keys = await database.rows<{ statement: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  for (const { statement } of keys) await database.rows(statement);
}
