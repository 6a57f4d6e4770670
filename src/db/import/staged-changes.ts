import { COMMUNITY_COORDINATES, isField } from "../../core/fields.ts";
import { trailPosition } from "../../core/runs/trail-columns.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import { BOOKKEEPING, NEXT_RUN } from "../schema/bookkeeping.ts";
import { presentRow } from "../schema/other-columns.ts";
import { type BaseTable, ownColumn } from "../schema/schema.ts";
import { stagedValue } from "./staged-values.ts";
import { STAGED, storedOfStaged, type WriteRules } from "./staging-store.ts";

/**
 * Holds the stored communities of the staged rows, in a read committed transaction of the caller. Otherwise another
 * transaction could change one between `keepStagedChanges` and `writeStaged`.
 */
export async function holdStaged(session: Session): Promise<void> {
  const hold = session.dialect.locks.holdRows("stored");
  // A transaction on distributed communities always sees one snapshot.
  if (hold === null || session.schema.distribution !== null) return;
  await read(session, "control", {
    sql: `select from ${STAGED} staged
       join ${session.schema.relations.obc_communities} stored on stored.barangay_id = staged.barangay_id ${hold}`,
    bindings: [],
  });
}

/**
 * Keeps what `writeStaged` will change in each community with the run that this transaction will record, in one statement:
 * the values never leave the database. Rows that change nothing are not kept.
 *
 * @returns the number of communities that will be created or updated
 */
export async function keepStagedChanges(
  session: Session,
  columns: readonly string[],
  { onConflict, blank }: WriteRules,
): Promise<number> {
  const { schema, dialect } = session;
  const { barangays } = schema.relations;
  const table = schema.tables.obc_communities;
  const readsPresent = columns.some((column) => ownColumn(table, column) in table.fill);
  const isCreated = "stored.barangay_id is null";
  const changes = columns.map((column) => {
    const [before, after] = [`stored.${column}`, valueAfter(table, column, blank)];
    const json = (value: string) => dialect.expressions.jsonValue(value, typeOf(column));
    // Only the value of a created community: see encodeFields.
    return `case when ${before} is distinct from ${after}
      then ',${trailPosition(column)},' || case when ${isCreated} then '' else ${json(before)} || ',' end || ${json(after)}
      else '' end`;
  });
  return write(session, "bookkeeping", {
    // Materialized, because the list of changes is used twice: otherwise either database would make it twice.
    sql: `insert into ${BOOKKEEPING.runValues} (run_id, level, unit_id, code, action, changes)
      with kept as materialized (
        select staged.barangay_id as unit_id, barangay.code,
               case when ${isCreated} then 'created' else 'updated' end as action,
               ${changes.join(" || ")} as changes
          from ${STAGED} staged
          join ${barangays} barangay on barangay.id = staged.barangay_id
          left join ${storedOfStaged(session)} stored on stored.barangay_id = staged.barangay_id
          ${readsPresent ? presentRow(table.name, ownColumn(table, "barangay_id"), "staged.barangay_id") : ""}
         ${onConflict === "skip" ? "where stored.barangay_id is null" : ""})
      select ${NEXT_RUN}, 'community', unit_id, code, action, '[' || substr(changes, 2) || ']'
        from kept
       where action = 'created' or changes <> ''`,
    bindings: [],
  });
}

/** What a read returns of a column after the write. The stored row of the base table is `present`. */
function valueAfter(table: BaseTable, column: string, blank: WriteRules["blank"]): string {
  if (ownColumn(table, column) in table.fill) {
    const written = stagedValue(table, column, blank);
    // An empty text is read as null.
    return typeOf(column) === "text" ? `nullif(${written}, '')` : written;
  }
  return blank === "keep" ? `coalesce(staged.${column}, stored.${column})` : `staged.${column}`;
}

function typeOf(column: string): "integer" | "double" | "text" {
  if (isField(column)) return "integer";
  return column in COMMUNITY_COORDINATES ? "double" : "text";
}
