import type { Knex } from "knex";
import type { CoverageWrite } from "../dialect/coverage-write.ts";
import type { RowsOnDemand } from "../dialect/row-source.ts";
import type { Statement } from "../dialect/statement.ts";
import { type LazyText, rowSource } from "./row-source.ts";
import { OWN_STATEMENT } from "./triggers.ts";

/**
 * One upsert. A row is updated only if its version (xmin) is still the one that the plan saw. The statement stores its
 * own timestamp in a transaction-local setting: the triggers skip the statement with that timestamp, and log later
 * statements of the same transaction.
 */
export async function coverageWrite(
  transaction: Knex.Transaction,
  { table, key, columns, values, others, own, stampsUpdates, rows, now }: CoverageWrite,
): Promise<Statement> {
  const cells = [[key, "bigint"], ["version", "text"], ...columns] as const;
  const source = await rowSource(transaction, table, cells, rows);
  const names = columns.map(([name]) => name);
  const updated = stampsUpdates ? [...names, own.updatedAt] : names;
  const sql = `insert into ${table} (${[key, ...names].join(", ")}, ${own.createdAt}, ${own.updatedAt}${others.names})
    select ${values.join(", ")}, ?, ?${others.values}
      from ${source.sql} planned
     cross join (select set_config('${OWN_STATEMENT}', statement_timestamp()::text, true)) own_statement
     ${others.join}
    on conflict (${key}) do update set
      ${updated.map((name) => `${name} = excluded.${name}`).join(", ")}
    where ${table}.${own.autoSync} and not ${table}.${own.isDeleted}
      and (${table}.xmin::text = ?::jsonb ->> ${table}.${key}::text or ${table}.xmin = pg_current_xact_id()::xid)`;
  return { sql, bindings: [now, now, ...source.bindings, versionsOf(rows)] };
}

/** The versions that the plan saw, by unit id. Rows to insert have none. */
function versionsOf({ count, at }: RowsOnDemand): LazyText {
  const stored = () => Array.from({ length: count }, (_, index) => at(index)).filter(([, version]) => version !== null);
  return { toPostgres: () => JSON.stringify(Object.fromEntries(stored().map(([id, version]) => [id, version]))) };
}
