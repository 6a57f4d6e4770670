import type { Knex } from "knex";

/** The tables that obc-sync works on, under the names that the program has for them: those of the native schema. */
export type TableName =
  | "regions"
  | "provinces"
  | "municipalities"
  | "barangays"
  | "obc_communities"
  | "municipality_coverages"
  | "province_coverages";

/**
 * Whose tables the program works on. Reads name relations and see native column names everywhere; writes name base
 * tables. Another application's tables are supported by another value of this type.
 */
export interface Schema {
  readonly name: string;
  /**
   * What a FROM clause names for each table: the table itself, or a parenthesized SELECT that yields the columns of
   * the native schema. Both databases flatten such a SELECT.
   */
  readonly relations: Readonly<Record<TableName, string>>;
  /** What INSERT, UPDATE, DELETE and CREATE TRIGGER name. */
  readonly tables: Readonly<Record<TableName, BaseTable>>;
  /** Indexes that the program's queries rely on, primary keys aside. */
  readonly indexes: readonly ExpectedIndex[];
}

export interface BaseTable {
  readonly name: string;
  /** Its own names of the columns that the native schema names differently: own name by native name. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that an INSERT must fill although the program has no value for them: an SQL literal by own name. */
  readonly required: Readonly<Record<string, string>>;
}

export interface ExpectedIndex {
  table: TableName;
  columns: string[];
  /** A statement that creates it. */
  createIndex: string;
}

/** A base table's own name of a native column. */
export function ownColumn({ columns }: BaseTable, native: string): string {
  return columns[native] ?? native;
}

/** A row of native columns as a base table takes it in an UPDATE. */
export function ownRow<Value>(table: BaseTable, row: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [ownColumn(table, column), value]));
}

/** The columns that an INSERT must fill besides, for a query that is built with `sql`. */
export function literalRow({ required }: BaseTable, sql: Knex): Record<string, Knex.Raw> {
  return Object.fromEntries(Object.entries(required).map(([column, literal]) => [column, sql.raw(literal)]));
}

/** The column lists of INSERT ... SELECT: the table's own columns, and what the SELECT yields for them. */
export function insertLists(table: BaseTable, native: readonly string[]): { into: string; select: string } {
  const required = Object.entries(table.required);
  return {
    into: [...native.map((column) => ownColumn(table, column)), ...required.map(([column]) => column)].join(", "),
    select: [...native, ...required.map(([, literal]) => literal)].join(", "),
  };
}
