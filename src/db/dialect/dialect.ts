import type { Knex } from "knex";
import type { DatabaseKind } from "../schema/schema.ts";
import type { Capture } from "./capture.ts";
import type { Catalog } from "./catalog.ts";
import type { Cluster } from "./cluster.ts";
import type { Connections } from "./connection.ts";
import type { ErrorTranslator } from "./errors.ts";
import type { Expressions } from "./expressions.ts";
import type { Locks } from "./locks.ts";
import type { Statements } from "./statements.ts";

/**
 * Everything that this program does differently on SQLite and PostgreSQL. src/db/dialect has the interface of each part,
 * and src/db/sqlite and src/db/postgres have their implementations in files of the same names.
 */
export interface Dialect {
  readonly name: DatabaseKind;
  /** A query builder without a connection. A user's Knex may rename identifiers and rewrite results; this one does not. */
  readonly sql: Knex;
  readonly connections: Connections;
  readonly errors: ErrorTranslator;
  readonly expressions: Expressions;
  readonly statements: Statements;
  readonly locks: Locks;
  readonly catalog: Catalog;
  readonly capture: Capture;
  /** Null where no database can be distributed. */
  readonly cluster: Cluster | null;
}
