// Loaded into the program with --import: records every statement that reaches a driver, independently of the program's
// own counter. Appends one JSON string per line to the file that RECORD_STATEMENTS names.
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
