import { filesAt, filesOf } from "../../db/connection/database-files.ts";
import { parseDatabaseLocation } from "../../db/connection/location.ts";
import type { Connection } from "../../db/transaction/transaction.ts";
import type { ProtectedFile } from "../../files/out/output-file.ts";

/** The files of the database of a connection, or of a setting of which no connection is needed. */
export function databaseFiles(database: Connection | string): ProtectedFile[] {
  const paths = typeof database === "string" ? filesAt(parseDatabaseLocation(database)) : filesOf(database);
  return paths.map((path) => ({ path, what: "the database" }));
}
