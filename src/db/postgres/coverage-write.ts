import type { Knex } from "knex";
import type { CoverageWrite, RowsOnDemand } from "../connection/dialect.ts";
import { jsonCells } from "./expressions.ts";
import { OWN_STATEMENT } from "./triggers.ts";

/**
 * One statement that updates and inserts. A row is updated only where it still has the version that the plan saw
 * (xmin). The statement marks itself as the program's own, in a setting that ends with the transaction and names this
 * one statement, so that the triggers do not log it and log whatever the transaction writes next.
 */
export async function coverageWrite(
  _transaction: Knex.Transaction,
  { table, key, columns, required, own, rows, now }: CoverageWrite,
): Promise<{ sql: string; bindings: unknown[] }> {
  const chunks = chunksOf(rows);
  const names = columns.map(([name]) => name);
  const literals = Object.entries(required);
  const filled = literals.map(([column]) => `, ${column}`).join("");
  const cells = jsonCells([[key, "integer"], ["version", "text"], ...columns]);
  const sql = `with own_statement as materialized (
      select set_config('${OWN_STATEMENT}', statement_timestamp()::text, true) as set_now),
    planned as materialized (
      select ${cells} from (${chunks.map(() => "select value from jsonb_array_elements(?::jsonb)").join(" union all ")}) chunks
        cross join own_statement),
    updated as (
      update ${table} set ${names.map((name) => `${name} = planned.${name}`).join(", ")}, ${own.updatedAt} = ?
        from planned
       where ${table}.${key} = planned.${key} and ${table}.xmin::text = planned.version
         and ${table}.${own.autoSync} and not ${table}.${own.isDeleted}
      returning 1),
    inserted as (
      insert into ${table} (${[key, ...names].join(", ")}, ${own.createdAt}, ${own.updatedAt}${filled})
      select ${[key, ...names].join(", ")}, ?, ?${literals.map(([, literal]) => `, ${literal}`).join("")}
        from planned where version is null
      on conflict (${key}) do nothing
      returning 1)
    select (select count(*) from updated) + (select count(*) from inserted) as written`;
  return { sql, bindings: [...chunks, now, now, now] };
}

/** One JSON text for everything would be held three times over while it is sent. */
const ROWS_IN_A_CHUNK = 2_000;

/** A value that the driver asks for when it writes it into its message to the server, and not before. */
interface LazyText {
  toPostgres: () => string;
}

function chunksOf({ count, at }: RowsOnDemand): LazyText[] {
  const chunks: LazyText[] = [];
  for (let from = 0; from < count; from += ROWS_IN_A_CHUNK) {
    const length = Math.min(ROWS_IN_A_CHUNK, count - from);
    chunks.push({ toPostgres: () => JSON.stringify(Array.from({ length }, (_, index) => at(from + index))) });
  }
  return chunks;
}
