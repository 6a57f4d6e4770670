// Loaded into the program with --import: writes down every statement that reaches a driver, without asking the
// program's own counter. The file named by RECORD_STATEMENTS gets one JSON text a line.
import { appendFileSync } from "node:fs";
import Database from "better-sqlite3";
import pg from "pg";

const record = (sql) => appendFileSync(process.env.RECORD_STATEMENTS, `${JSON.stringify(sql)}\n`);

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (statement, ...rest) {
  record(typeof statement === "string" ? statement : statement.text);
  return query.call(this, statement, ...rest);
};

const { prepare } = Database.prototype;
Database.prototype.prepare = function (sql) {
  record(sql);
  return prepare.call(this, sql);
};
