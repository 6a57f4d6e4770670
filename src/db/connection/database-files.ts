import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Knex } from "knex";
import type { DatabaseLocation } from "../dialect/connection.ts";
import { dialectOf } from "./dialect-of.ts";

/** SQLite keeps changes in these beside a database, and reads them back: another program's file there destroys it. */
const COMPANIONS = ["-wal", "-shm", "-journal"];

/** The files of a database, whether or not they exist at the moment; none of one on a server. */
export function filesAt(location: DatabaseLocation): string[] {
  if (location.kind !== "sqlite") return [];
  // SQLite names them after the file itself, not after a link to it.
  const path = existsSync(location.path) ? realpathSync(location.path) : location.path;
  return [path, ...COMPANIONS.map((ending) => path + ending)];
}

/** The files of the database that a connection works on. */
export function filesOf(connection: Knex): string[] {
  const { name, connections } = dialectOf(connection);
  return name === "sqlite" ? filesAt({ kind: name, path: resolve(connections.nameOf(connection)) }) : [];
}
