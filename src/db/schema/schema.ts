import type { Knex } from "knex";
import { DatabaseError } from "../../core/errors.ts";
import type { CodeKind } from "../../core/places/code-kind.ts";
import type { TextRules } from "../../core/records/text-rules.ts";
import type { CoverageRules } from "../../core/sync/coverage-rules.ts";
import { type BookkeepingRelations, NO_BOOKKEEPING } from "./bookkeeping.ts";

export type DatabaseKind = "sqlite" | "postgres";

/** The tables that obc-sync works on, by their names in the native schema. */
export const TABLE_NAMES = [
  "regions",
  "provinces",
  "municipalities",
  "barangays",
  "obc_communities",
  "municipality_coverages",
  "province_coverages",
] as const;

export type TableName = (typeof TABLE_NAMES)[number];

/**
 * The tables that the program works on, and what an application keeps in them. Reads use `relations`, which have native
 * column names; writes use `tables`, the base tables. Another value of this type supports the tables of another
 * application.
 */
export interface Schema {
  /** As --schema takes it. */
  readonly name: string;
  /** Whether `migrate` creates the tables. It adds nothing but obc_sync_* to the database of another application. */
  readonly isOwn: boolean;
  /**
   * The FROM item for each table: the table itself, or a parenthesized SELECT that returns the columns of the native
   * schema. Both databases flatten the SELECT into the query.
   */
  readonly relations: Readonly<Record<TableName, string>>;
  /** The base tables for INSERT, UPDATE, DELETE and CREATE TRIGGER. */
  readonly tables: Readonly<Record<TableName, BaseTable>>;
  /** The program's own tables, for reads. */
  readonly bookkeeping: BookkeepingRelations;
  /** Indexes that the program's queries rely on, primary keys aside. */
  readonly indexes: readonly ExpectedIndex[];
  /** Whose codes the places have. For an application's own, obc_sync_places has the PSGC codes. */
  readonly codes: CodeKind;
  /** What the text columns of a community take. The catalog adds the lengths. */
  readonly texts: TextRules;
  /** What automatic coverages hold. */
  readonly rules: CoverageRules;
  /** Whether a sync sets updated_at of the coverages that it updates. */
  readonly stampsUpdates: boolean;
  /** How the communities are distributed over several nodes; null where one database has all tables. */
  readonly distribution: Distribution | null;
  /** A point in time as the application stores it. @param iso ISO 8601 in UTC */
  timestamp(iso: string): string;
}

/** What reads and writes of distributed communities need. */
export interface Distribution {
  /** The table that logs changed communities: each entry is on the node of its community. */
  readonly communityLog: string;
  /** A function of an array of barangay ids, or null for all: their communities. It may return others too. */
  readonly communities: string;
  /** A function of municipality ids, or null for all: their sums over communities, computed on the nodes. */
  readonly communitySums: string;
  /**
   * A query to run before the transaction reads communities: it gives the transaction one snapshot of each node. Returns
   * the `isolation` level.
   */
  readonly begin: string;
}

export interface BaseTable {
  readonly name: string;
  /** The columns whose names differ from the native schema: own name by native name. */
  readonly columns: Readonly<Record<string, string>>;
  /** Own names of unique columns other than the place, which is the key of a community or a coverage. */
  readonly otherKeys: readonly string[];
  /**
   * What stands for null in columns that are NOT NULL without a default: an SQL literal by own name. `migrate` knows the
   * columns of the program's own tables; for other tables the catalog adds them: see src/db/transaction/base-tables.ts.
   */
  readonly fill: Readonly<Record<string, string>>;
  /** Such columns in which nothing can stand for null: their types by own name. From the catalog. */
  readonly unfillable: Readonly<Record<string, string>>;
  /** All other columns: their defaults as SQL, or null, by own name. From the catalog. */
  readonly optional: Readonly<Record<string, string | null>>;
}

export interface ExpectedIndex {
  table: TableName;
  columns: string[];
  /** Whether it contains only some of the rows. */
  isPartial: boolean;
  /** The CREATE INDEX statement. */
  createIndex: string;
}

/** Whether the database has the program's own tables, which every write needs. */
export function isSetUp({ bookkeeping }: Schema): boolean {
  return bookkeeping !== NO_BOOKKEEPING;
}

/**
 * The FROM item for the communities of some barangays. Others may be among them.
 *
 * @param barangays their ids, as SQL of an array: nodes need not send all of their communities
 */
export function communitiesOf({ relations, distribution }: Schema, barangays: string): string {
  return distribution === null ? relations.obc_communities : `${distribution.communities}(${barangays})`;
}

/** The name in a base table of a native column. */
export function ownColumn({ columns }: BaseTable, native: string): string {
  return columns[native] ?? native;
}

type Values = Readonly<Record<string, string | number | boolean | null>>;
type OwnValues = Record<string, string | number | boolean | null | Knex.Raw>;

/** What a row is written with. */
interface Target {
  schema: Schema;
  /** A query builder without a connection. */
  sql: Knex;
}

/** The columns of a base table for an UPDATE of native columns. Times, in columns named *_at, are ISO 8601 in UTC. */
export function ownRow({ schema, sql }: Target, name: TableName, row: Values): OwnValues {
  const table = schema.tables[name];
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const own = ownColumn(table, column);
      const literal = table.fill[own];
      if (value === null && literal !== undefined) return [own, sql.raw(literal)];
      return [own, typeof value === "string" && column.endsWith("_at") ? schema.timestamp(value) : value];
    }),
  );
}

/**
 * What a read returns after a write of these values. A column that is NOT NULL holds something else than null, and an
 * application's relations return an empty text as null.
 */
export function valuesAsRead<Row extends Values>({ tables, isOwn }: Schema, name: TableName, row: Row): Row {
  const table = tables[name];
  const read = Object.entries(row).map(([column, value]) => {
    const literal = value === null ? table.fill[ownColumn(table, column)] : undefined;
    const stored = literal === undefined ? value : valueOfLiteral(literal);
    return [column, stored === "" && !isOwn ? null : stored];
  });
  return Object.fromEntries(read) as Row;
}

function valueOfLiteral(literal: string): string | number {
  return /^'(.*)'$/.exec(literal)?.[1] ?? Number(literal);
}

/** The columns of a base table for an INSERT of native columns. */
export function newRow(target: Target, name: TableName, row: Values): OwnValues {
  const given = ownRow(target, name, row);
  const filled = Object.entries(filledBeside(target.schema.tables[name], Object.keys(given)));
  return { ...Object.fromEntries(filled.map(([column, literal]) => [column, target.sql.raw(literal)])), ...given };
}

/**
 * The columns that an INSERT of new rows has to fill besides those that it has values for: an SQL literal by own name.
 *
 * @throws DatabaseError if nothing can stand for null in one of them
 */
export function filledBeside(table: BaseTable, own: readonly string[]): Record<string, string> {
  refuseNewRow(table, own);
  return Object.fromEntries(Object.entries(table.fill).filter(([column]) => !own.includes(column)));
}

/**
 * @param own the columns that an INSERT has values for
 * @throws DatabaseError if the table needs a value in another column, where nothing can stand for null
 */
export function refuseNewRow({ name, unfillable }: BaseTable, own: readonly string[]): void {
  const needed = Object.entries(unfillable).filter(([column]) => !own.includes(column));
  if (needed.length === 0) return;
  throw new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `a new row of ${name} needs a value for ${needed.map(([column, type]) => `${column} (${type})`).join(", ")}, which this version of obc-sync does not know`,
    "Nothing was written. Give the column a default in the database with a migration of the application (in Django RunSQL, or db_default), or let it be null. Until then, commands that only update rows work.",
  );
}
