/** What a column holds, by a name that is neither database's own. */
export type ColumnType = "integer" | "bigint" | "double" | "text";

/** The types of PostgreSQL; SQLite takes a value as it comes. */
export const POSTGRES_TYPES: Record<ColumnType, string> = {
  integer: "integer",
  bigint: "bigint",
  double: "double precision",
  text: "text",
};
