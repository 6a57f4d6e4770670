/** The type of a column, independent of the database. */
export type ColumnType = "integer" | "bigint" | "double" | "boolean" | "text";

export type Columns = ReadonlyArray<readonly [name: string, type: ColumnType]>;
