import type { Knex } from "knex";
import type { CoverageWrite, Statement } from "../connection/dialect.ts";
import { keptKeys } from "../schema/kept-keys.ts";
import { rowSource } from "./row-source.ts";

/** One upsert. */
export async function coverageWrite(
  transaction: Knex.Transaction,
  { table, key, columns, generated, fill, own, stampsUpdates, rows, now }: CoverageWrite,
): Promise<Statement> {
  const names = columns.map(([name]) => name);
  const cells = [[key, "integer"], ["version", "text"], ...columns] as const;
  const source = await rowSource(transaction, table, cells, rows);
  const values = [key, ...names].join(", ");
  const planned = [key, ...names].map((name) => `planned.${name}`).join(", ");
  const updated = stampsUpdates ? [...names, own.updatedAt] : names;
  const literals = Object.entries(fill);
  const kept = keptKeys({ name: table, key, generated }, `planned.${key}`);
  const filled = literals.map(([column]) => `, ${column}`).join("");
  const sql = `insert into ${table} (${values}, ${own.createdAt}, ${own.updatedAt}${filled}${kept.columns})
    select ${planned}, ?, ?${literals.map(([, literal]) => `, ${literal}`).join("")}${kept.values}
      from ${source.sql} planned ${kept.join} where true
    on conflict (${key}) do update set
      ${updated.map((name) => `${name} = excluded.${name}`).join(", ")}
    where ${table}.${own.autoSync} and not ${table}.${own.isDeleted}`;
  return { sql, bindings: [now, now] };
}
