import { CATALOGS } from "../../catalog.ts";
import { EXPECTED_INDEXES } from "../../schema/expected-indexes.ts";
import type { Check } from "../check.ts";

export const missingIndexes: Check = {
  id: "missing-indexes",
  severity: "warning",
  title: "Indexes that are expected and missing",
  why: "Results stay right, but a sync of one municipality then reads the whole country.",
  query: ({ knex, dialect }) => {
    const rows = EXPECTED_INDEXES.map(({ table, columns, createIndex }) => [table, columns.join(","), createIndex]);
    const source = dialect.rowsFromJson([
      ["table_name", "text"],
      ["columns", "text"],
      ["statement", "text"],
    ]);
    return knex.raw(
      `select expected.table_name as code, expected.columns as name, expected.statement
         from (select * from ${source}) expected
        where not exists (
          select 1 from (${CATALOGS[dialect.name].indexes}) present
           where present.table_name = expected.table_name
             and substr(present.columns || ',', 1, length(expected.columns) + 1) = expected.columns || ',')
        order by 1, 2`,
      [JSON.stringify(rows)],
    );
  },
  remedy: ({ figures }) => String(figures.statement),
};
