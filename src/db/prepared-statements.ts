import type BetterSqlite3 from "better-sqlite3";

type Connection = Pick<BetterSqlite3.Database, "prepare">;

const remembering = new WeakSet<Connection>();

/**
 * Makes a connection of SQLite keep the statements that this program prepares. To prepare the plan query takes
 * longer than to run it for one municipality, and knex prepares a statement each time that it is sent. Statements of
 * others are left alone.
 */
export function rememberStatements(connection: Connection): void {
  if (remembering.has(connection)) return;
  remembering.add(connection);
  const prepare = connection.prepare.bind(connection) as Connection["prepare"];
  const prepared = new Map<string, BetterSqlite3.Statement>();
  connection.prepare = ((sql: string) => {
    if (!sql.startsWith("/* obc-sync ")) return prepare(sql);
    const statement = prepared.get(sql) ?? prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }) as Connection["prepare"];
}
