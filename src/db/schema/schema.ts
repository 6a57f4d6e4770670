import type { Knex } from "knex";

/** The tables that obc-sync works on, by their names in the native schema. */
export type TableName =
  | "regions"
  | "provinces"
  | "municipalities"
  | "barangays"
  | "obc_communities"
  | "municipality_coverages"
  | "province_coverages";

/**
 * The tables that the program works on. Reads use `relations`, which have native column names; writes use `tables`, the
 * base tables. Another value of this type supports the tables of another application.
 */
export interface Schema {
  /**
   * The FROM item for each table: the table itself, or a parenthesized SELECT that returns the columns of the native
   * schema. Both databases flatten the SELECT into the query.
   */
  readonly relations: Readonly<Record<TableName, string>>;
  /** The base tables for INSERT, UPDATE, DELETE and CREATE TRIGGER. */
  readonly tables: Readonly<Record<TableName, BaseTable>>;
  /** Indexes that the program's queries rely on, primary keys aside. */
  readonly indexes: readonly ExpectedIndex[];
}

export interface BaseTable {
  readonly name: string;
  /** The columns whose names differ from the native schema: own name by native name. */
  readonly columns: Readonly<Record<string, string>>;
  /** Other columns that an INSERT must fill: an SQL literal by own name. */
  readonly required: Readonly<Record<string, string>>;
}

export interface ExpectedIndex {
  table: TableName;
  columns: string[];
  /** The CREATE INDEX statement. */
  createIndex: string;
}

/** The name in a base table of a native column. */
export function ownColumn({ columns }: BaseTable, native: string): string {
  return columns[native] ?? native;
}

/** Renames the native columns of a row to those of a base table. */
export function ownRow<Value>(table: BaseTable, row: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [ownColumn(table, column), value]));
}

/** The `required` columns of a table, for a query built with `sql`. */
export function literalRow({ required }: BaseTable, sql: Knex): Record<string, Knex.Raw> {
  return Object.fromEntries(Object.entries(required).map(([column, literal]) => [column, sql.raw(literal)]));
}

/** The column lists of INSERT ... SELECT: the columns of the base table, and the SELECT list. */
export function insertLists(table: BaseTable, native: readonly string[]): { into: string; select: string } {
  const required = Object.entries(table.required);
  return {
    into: [...native.map((column) => ownColumn(table, column)), ...required.map(([column]) => column)].join(", "),
    select: [...native, ...required.map(([, literal]) => literal)].join(", "),
  };
}
