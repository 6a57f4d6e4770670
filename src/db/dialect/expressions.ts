import type { Knex } from "knex";
import type { NameRules } from "../../core/sync/coverage-rules.ts";
import type { Columns, ColumnType } from "./columns.ts";

/** Fragments of SQL that Knex cannot build. */
export interface Expressions {
  /** A row source with one row for each id of the JSON array bound to its only placeholder; the column is `id`. */
  readonly idsFromJson: string;
  /** A condition that a column is one of the ids bound to its only placeholder. `boundIds` makes the value to bind. */
  among(column: string, count: number): string;
  /** Any number of ids as the single value that `among` takes. */
  boundIds(ids: readonly number[]): string;
  /**
   * A row source that reads the JSON array of arrays bound to its only placeholder. The statement has one parameter for
   * any number of rows; a multi-row INSERT would exceed the parameter limit of either database.
   */
  rowsFromJson(columns: Columns): string;
  /** An aggregate: the values of a column as a JSON array in text form, in the collation of the database or in no order. */
  jsonArrayOf(column: string, order: "collation" | "none"): string;
  /**
   * An aggregate: the sum of coverage figures, null where there is none. Beyond 64 bits it is approximate on SQLite, whose
   * own sum() fails there.
   */
  sumOfCoverages(column: string): string;
  /** A JSON object, from pairs of a quoted name and an expression. */
  jsonObject(pairs: readonly string[]): string;
  /** JSON that a subquery computes, as a value of `jsonObject`: from SQLite 3.54 on, a subquery returns it as text. */
  jsonOf(subquery: string): string;
  /** A value of a column as JSON in text form: null where it is null. */
  jsonValue(value: string, type: "integer" | "double" | "text"): string;
  /**
   * Finds a figure in the changes that a run keeps of an updated unit: a JSON array of position, value before and value
   * after, repeated. `join` continues a FROM clause; it has no row where the figure is not among them.
   */
  keptValue(changes: string, position: number): { join: string; before: string; after: string };
  /** An aggregate: what runs changed in a unit, as a JSON array of [run_id, action, changes], oldest first. */
  keptChanges(kept: string): string;
  /** JSON as text. */
  asText(json: string): string;
  /** Orders the places of a query as `collectedNames` requires. */
  orderedForNames(query: Knex.QueryBuilder): Knex.QueryBuilder;
  /** The aggregates that collect the values of a column for `joinedNames`. */
  collectedNames(column: string): string;
  /** The distinct collected values, joined with ", ". @param order by code point, or by the collation of the database */
  joinedNames(order: NameRules["order"]): string;
  /** An aggregate: the values of a column, joined with ", ". */
  nameList(column: string, rules: NameRules): string;
  /** A typed NULL, for a branch of a union that lacks the column. */
  nullOf(type: ColumnType): string;
  greatest(values: readonly string[]): string;
  /** Whole hours since a timestamp. */
  hoursSince(timestamp: string): string;
  /** Whole minutes since a Unix time in seconds. */
  minutesSinceEpoch(seconds: string): string;
  /** The version of a stored row, as text; null on SQLite, where no other transaction can change what a plan has read. */
  rowVersion(row: string): string;
  /**
   * A condition that no other transaction has changed a row since it was read.
   *
   * @param versions the versions that were read, as a parenthesized list or query
   */
  isAsRead(row: string, versions: string): string;
  /** Every column of a row: as JSON in the column whole_row, or as columns, where the driver's values lose nothing. */
  wholeRow(row: string): string;
  /** A row source that reads the JSON array of such rows bound to its only placeholder. */
  wholeRowsFromJson(table: string, columns: readonly string[]): string;
  /** A placeholder for a time, where the statement does not show its type. */
  readonly timestamp: string;
  /** Identifies the entries of a change log that are visible to the statement's snapshot. */
  logWatermark(changeLog: string): string;
}
