import type { Knex } from "knex";
import type { Columns } from "./columns.ts";
import type { Statement, Value } from "./statement.ts";

/** Rows that are built on request, so that they are never all in memory. */
export interface RowsOnDemand {
  count: number;
  at: (index: number) => readonly Value[];
}

/**
 * A FROM item of rows that the program makes on request, as a parenthesized SELECT or a table, for one statement.
 *
 * @param name tells sources of the same columns apart, where one statement has several
 */
export type RowSource = (
  transaction: Knex.Transaction,
  name: string,
  columns: Columns,
  rows: RowsOnDemand,
) => Promise<Statement>;
