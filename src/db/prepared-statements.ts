import type BetterSqlite3 from "better-sqlite3";
import type { Client, QueryConfig } from "pg";

type SqliteConnection = Pick<BetterSqlite3.Database, "prepare">;

/** Connections that prepare a statement of this program once. Statements of others are left alone. */
const remembering = new WeakSet<SqliteConnection | Client>();

const isOwn = (sql: string | undefined) => sql?.startsWith("/* obc-sync ") ?? false;

const isLong = (value: unknown) => typeof value === "string" && value.length > LONGEST_VALUE;

/** Some two hundred ids. */
const LONGEST_VALUE = 2_000;

/**
 * Makes a connection of SQLite keep the statements that this program prepares. To prepare the plan query takes
 * longer than to run it for one municipality, and knex prepares a statement each time that it is sent.
 */
export function keepPreparedStatements(connection: SqliteConnection): void {
  if (remembering.has(connection)) return;
  remembering.add(connection);
  const prepare = connection.prepare.bind(connection) as SqliteConnection["prepare"];
  const prepared = new Map<string, BetterSqlite3.Statement>();
  connection.prepare = ((sql: string) => {
    if (!isOwn(sql)) return prepare(sql);
    const statement = prepared.get(sql) ?? prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }) as SqliteConnection["prepare"];
}

/**
 * Makes a connection of PostgreSQL name the statements of this program from their second time on, so that the server
 * keeps them prepared: planning the plan query takes it longer than running it for one municipality. A process that
 * sends each statement once names none, and works behind a pooler that keeps no names. With much bound to it a
 * statement is planned for just that.
 */
export function nameRepeatedStatements(client: Client): void {
  if (remembering.has(client)) return;
  remembering.add(client);
  const query = client.query.bind(client) as (statement: QueryConfig, ...rest: unknown[]) => unknown;
  const names = new Map<string, string>();
  client.query = ((statement: QueryConfig, ...rest: unknown[]) => {
    if (isOwn(statement.text) && !statement.values?.some(isLong)) {
      const name = names.get(statement.text);
      if (name === undefined) names.set(statement.text, `obc_sync_${names.size}`);
      else statement.name = name;
    }
    return query(statement, ...rest);
  }) as Client["query"];
}
