import type { Knex } from "knex";
import type { CoverageWrite } from "../dialect/coverage-write.ts";
import type { Statement } from "../dialect/statement.ts";
import { rowSource } from "./row-source.ts";

/** One upsert. */
export async function coverageWrite(
  transaction: Knex.Transaction,
  { table, key, columns, values, others, own, stampsUpdates, rows, now }: CoverageWrite,
): Promise<Statement> {
  const names = columns.map(([name]) => name);
  const cells = [[key, "integer"], ["version", "text"], ...columns] as const;
  const source = await rowSource(transaction, table, cells, rows);
  const updated = stampsUpdates ? [...names, own.updatedAt] : names;
  const sql = `insert into ${table} (${[key, ...names].join(", ")}, ${own.createdAt}, ${own.updatedAt}${others.names})
    select ${values.join(", ")}, ?, ?${others.values}
      from ${source.sql} planned ${others.join}
     where true
    on conflict (${key}) do update set
      ${updated.map((name) => `${name} = excluded.${name}`).join(", ")}
    where ${table}.${own.autoSync} and not ${table}.${own.isDeleted}`;
  return { sql, bindings: [now, now] };
}
