import type { Knex } from "knex";
import { CATALOGS } from "../catalog.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "./tables.ts";

export interface ExpectedIndex {
  table: string;
  columns: string[];
  createIndex: string;
}

/** Every index that a query of this program relies on, primary keys aside; the migrations create them. */
export const EXPECTED_INDEXES: readonly ExpectedIndex[] = [
  expected(TABLES.regions, ["code"], "unique"),
  expected(TABLES.provinces, ["code"], "unique"),
  expected(TABLES.provinces, ["region_id"]),
  expected(TABLES.municipalities, ["code"], "unique"),
  expected(TABLES.municipalities, ["province_id"]),
  expected(TABLES.barangays, ["code"], "unique"),
  expected(TABLES.barangays, ["municipality_id", "name"]),
];

function expected(table: string, columns: string[], unique?: "unique"): ExpectedIndex {
  const name = `${table}_${columns.join("_")}_${unique ?? "index"}`;
  const kind = unique === undefined ? "index" : "unique index";
  return { table, columns, createIndex: `create ${kind} ${name} on ${table} (${columns.join(", ")});` };
}

/** The expected indexes that the database lacks, whatever the names of those it has. */
export async function findMissingIndexes(transaction: Knex.Transaction, dialect: Dialect): Promise<ExpectedIndex[]> {
  const rows = await send<{ table_name: string; columns: string }>(
    transaction,
    "read",
    transaction.raw(CATALOGS[dialect.name].indexes),
  );
  const present = rows.map(({ table_name, columns }) => `${table_name}(${columns}`);
  return EXPECTED_INDEXES.filter(
    ({ table, columns }) => !present.some((index) => `${index},`.startsWith(`${table}(${columns.join(",")},`)),
  );
}
