import type { RowSource, RowsOnDemand } from "../dialect/row-source.ts";
import { jsonCells } from "./expressions.ts";

/** Splits the rows into several JSON strings: the driver would hold a single one in memory three times. */
const ROWS_IN_A_CHUNK = 2_000;

/** A value that is built only when the driver writes it into its message to the server. */
export interface LazyText {
  toPostgres: () => string;
}

export const rowSource: RowSource = async (_transaction, _name, columns, rows) => {
  const chunks = chunksOf(rows);
  const elements = chunks.map(() => "select value from jsonb_array_elements(?::jsonb)").join(" union all ");
  return { sql: `(select ${jsonCells(columns)} from (${elements}) chunks)`, bindings: chunks };
};

function chunksOf({ count, at }: RowsOnDemand): LazyText[] {
  const chunks: LazyText[] = [];
  // At least one, which may be empty: a FROM item cannot be made of none.
  for (let from = 0; from === 0 || from < count; from += ROWS_IN_A_CHUNK) {
    const length = Math.min(ROWS_IN_A_CHUNK, count - from);
    chunks.push({ toPostgres: () => JSON.stringify(Array.from({ length }, (_, index) => at(from + index))) });
  }
  return chunks;
}
