import type { Knex } from "knex";
import type { CoverageWrite, RowsOnDemand } from "../connection/dialect.ts";
import { jsonCells } from "./expressions.ts";
import { OWN_STATEMENT } from "./triggers.ts";

/**
 * One upsert. A row is updated only where it still has the version that the plan saw (xmin). The statement marks itself
 * as the program's own, in a setting that ends with the transaction and names this one statement, so that the triggers
 * do not log it and do log whatever the transaction writes next.
 */
export async function coverageWrite(
  _transaction: Knex.Transaction,
  { table, key, columns, required, own, rows, now }: CoverageWrite,
): Promise<{ sql: string; bindings: unknown[] }> {
  const chunks = chunksOf(rows);
  const names = columns.map(([name]) => name);
  const values = [key, ...names].join(", ");
  const literals = Object.entries(required);
  const filled = literals.map(([column]) => `, ${column}`).join("");
  const cells = jsonCells([[key, "integer"], ["version", "text"], ...columns]);
  const sql = `insert into ${table} (${values}, ${own.createdAt}, ${own.updatedAt}${filled})
    select ${values}, ?, ?${literals.map(([, literal]) => `, ${literal}`).join("")}
      from (select ${cells} from (${chunks.map(() => "select value from jsonb_array_elements(?::jsonb)").join(" union all ")}) chunks) planned
     cross join (select set_config('${OWN_STATEMENT}', statement_timestamp()::text, true)) own_statement
    on conflict (${key}) do update set
      ${names.map((name) => `${name} = excluded.${name}`).join(", ")}, ${own.updatedAt} = excluded.${own.updatedAt}
    where ${table}.${own.autoSync} and not ${table}.${own.isDeleted}
      and ${table}.xmin::text = ?::jsonb ->> ${table}.${key}::text`;
  return { sql, bindings: [now, now, ...chunks, versionsOf(rows)] };
}

/** The versions that the plan saw, by the unit's id; a row to insert has none. */
function versionsOf({ count, at }: RowsOnDemand): LazyText {
  const stored = () => Array.from({ length: count }, (_, index) => at(index)).filter(([, version]) => version !== null);
  return { toPostgres: () => JSON.stringify(Object.fromEntries(stored().map(([id, version]) => [id, version]))) };
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
