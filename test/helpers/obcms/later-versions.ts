/** What a later version of OBCMS may do to its tables, as Django's migrations do it. */
import type { TestDatabase } from "../databases.ts";
import type { ObcmsTable } from "./columns.ts";

/** The definition of a column on each database, without NOT NULL. */
export type ColumnTypes = Record<TestDatabase["kind"], string>;

/**
 * Adds a column that is NOT NULL and has no default. To be run before `migrate`: on SQLite the table is built anew, as
 * Django does it, which removes its triggers.
 *
 * @param value what the rows that exist get, as SQL
 */
export async function addRequiredColumn(
  database: TestDatabase,
  table: ObcmsTable,
  name: string,
  types: ColumnTypes,
  value: string,
): Promise<void> {
  if (database.kind === "postgres") {
    await database.rows(`alter table ${table} add column "${name}" ${types.postgres} not null default ${value}`);
    await database.rows(`alter table ${table} alter column "${name}" drop default`);
    return;
  }
  const define = (sql: string) => sql.replace("(", `("${name}" ${types.sqlite} NOT NULL, `);
  await rebuildTable(database, table, define, `${value}, *`);
}

/**
 * Builds a table of SQLite anew from another definition.
 *
 * @param values the columns to select from the rows that exist
 */
export async function rebuildTable(
  database: TestDatabase,
  table: ObcmsTable,
  define: (sql: string) => string,
  values = "*",
): Promise<void> {
  const named = `from sqlite_master where tbl_name = '${table}' and sql is not null order by type = 'index'`;
  const [definition, ...indexes] = await database.rows<{ sql: string }>(`select sql ${named}`);
  await database.rows("pragma foreign_keys = off");
  await database.rows(define((definition as { sql: string }).sql).replace(table, `new__${table}`));
  await database.rows(`insert into new__${table} select ${values} from ${table}`);
  await database.rows(`drop table ${table}`);
  await database.rows(`alter table new__${table} rename to ${table}`);
  for (const { sql } of indexes) await database.rows(sql);
  await database.rows("pragma foreign_keys = on");
}

/** Adds a check constraint. To be run before `migrate`, too. */
export async function addCheck(
  database: TestDatabase,
  table: ObcmsTable,
  name: string,
  condition: string,
): Promise<void> {
  const constraint = `constraint ${name} check (${condition})`;
  if (database.kind === "postgres") await database.rows(`alter table ${table} add ${constraint}`);
  else await rebuildTable(database, table, (sql) => sql.replace(/\)$/, `, ${constraint})`));
}

/** Changes a column to another kind of OBCMS's columns, or to NOT NULL. To be run before `migrate`, too. */
export async function alterColumn(
  database: TestDatabase,
  table: ObcmsTable,
  column: string,
  to: "NOT NULL" | ColumnTypes,
): Promise<void> {
  const notNull = to === "NOT NULL";
  if (database.kind === "postgres") {
    const change = notNull ? "set not null" : `type ${to.postgres}`;
    await database.rows(`alter table ${table} alter column ${column} ${change}`);
    return;
  }
  // A column's definition begins with its name and its type, of one or two words.
  const definition = new RegExp(`"${column}" (\\w+( unsigned)?(\\(\\d+\\))?) (NOT )?NULL`);
  await rebuildTable(database, table, (sql) =>
    sql.replace(definition, (_, type: string) => `"${column}" ${notNull ? type : to.sqlite} NOT NULL`),
  );
}

/** Drops a unique constraint of a table. */
export async function dropUnique(database: TestDatabase, table: ObcmsTable, name: string): Promise<void> {
  if (database.kind === "postgres") await database.rows(`alter table ${table} drop constraint ${name}`);
  else
    await rebuildTable(database, table, (sql) =>
      sql.replace(new RegExp(`, CONSTRAINT "${name}" UNIQUE \\(.*?\\)`), ""),
    );
}
