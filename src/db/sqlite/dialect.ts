import { queryBuilder } from "../connection/query-builder.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { capture } from "./capture.ts";
import { catalog } from "./catalog.ts";
import { connections } from "./connection/connection.ts";
import { errors } from "./errors.ts";
import { expressions } from "./expressions.ts";
import { locks } from "./locks.ts";
import { statements } from "./statements.ts";

export const sqliteDialect: Dialect = {
  name: "sqlite",
  get sql() {
    return queryBuilder("better-sqlite3");
  },
  connections,
  errors,
  expressions,
  statements,
  locks,
  catalog,
  capture,
  cluster: null,
};
