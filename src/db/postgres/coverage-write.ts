import type { Knex } from "knex";
import type { CoverageWrite, RowsOnDemand, Statement } from "../connection/dialect.ts";
import { keptKeys } from "../schema/kept-keys.ts";
import { jsonCells } from "./expressions.ts";
import { OWN_STATEMENT } from "./triggers.ts";

/**
 * One upsert. A row is updated only if its version (xmin) is still the one that the plan saw. The statement stores its
 * own timestamp in a transaction-local setting: the triggers skip the statement with that timestamp, and log later
 * statements of the same transaction.
 */
export async function coverageWrite(
  _transaction: Knex.Transaction,
  { table, key, columns, generated, fill, own, stampsUpdates, rows, now }: CoverageWrite,
): Promise<Statement> {
  const chunks = chunksOf(rows);
  const names = columns.map(([name]) => name);
  const values = [key, ...names].join(", ");
  const planned = [key, ...names].map((name) => `planned.${name}`).join(", ");
  const updated = stampsUpdates ? [...names, own.updatedAt] : names;
  const literals = Object.entries(fill);
  const kept = keptKeys({ name: table, key, generated }, `planned.${key}`);
  const filled = literals.map(([column]) => `, ${column}`).join("");
  const cells = jsonCells([[key, "bigint"], ["version", "text"], ...columns]);
  const sql = `insert into ${table} (${values}, ${own.createdAt}, ${own.updatedAt}${filled}${kept.columns})
    select ${planned}, ?, ?${literals.map(([, literal]) => `, ${literal}`).join("")}${kept.values}
      from (select ${cells} from (${chunks.map(() => "select value from jsonb_array_elements(?::jsonb)").join(" union all ")}) chunks) planned
     cross join (select set_config('${OWN_STATEMENT}', statement_timestamp()::text, true)) own_statement
     ${kept.join}
    on conflict (${key}) do update set
      ${updated.map((name) => `${name} = excluded.${name}`).join(", ")}
    where ${table}.${own.autoSync} and not ${table}.${own.isDeleted}
      and (${table}.xmin::text = ?::jsonb ->> ${table}.${key}::text or ${table}.xmin = pg_current_xact_id()::xid)`;
  return { sql, bindings: [now, now, ...chunks, versionsOf(rows)] };
}

/** The versions that the plan saw, by unit id. Rows to insert have none. */
function versionsOf({ count, at }: RowsOnDemand): LazyText {
  const stored = () => Array.from({ length: count }, (_, index) => at(index)).filter(([, version]) => version !== null);
  return { toPostgres: () => JSON.stringify(Object.fromEntries(stored().map(([id, version]) => [id, version]))) };
}

/** Splits the rows into several JSON strings: the driver would hold a single one in memory three times. */
const ROWS_IN_A_CHUNK = 2_000;

/** A value that is built only when the driver writes it into its message to the server. */
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
