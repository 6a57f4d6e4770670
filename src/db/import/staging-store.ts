import { COMMUNITY_COORDINATES, isField } from "../../core/fields.ts";
import type { CommunityValue } from "../../core/records/parse-value.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import type { Cell } from "../dialect/statements.ts";
import { otherColumns, presentRow } from "../schema/other-columns.ts";
import { communitiesOf, ownColumn, refuseNewRow } from "../schema/schema.ts";
import { type Blank, changesStored, nullKeeps, stagedValue } from "./staged-values.ts";

/** The temporary table that holds the rows until all of them have been checked. */
export const STAGED = "staged_communities";

/** The FROM item for the stored communities of the staged rows. */
export function storedOfStaged({ schema }: Session): string {
  return communitiesOf(schema, `array(select barangay_id from ${STAGED})`);
}

/** A row of a file with a known barangay and valid cells. */
export interface StagedRow {
  row: number;
  barangayId: number;
  /** Ordered as the staged columns. */
  values: CommunityValue[];
}

export interface ImportCounts {
  created: number;
  updated: number;
  unchanged: number;
  /** Communities that already exist and that `onConflict: "skip"` leaves unchanged. */
  skipped: number;
}

/** What to do with communities that already exist, and with stored values whose cell is empty. */
export interface WriteRules {
  onConflict: "update" | "skip";
  blank: Blank;
}

/** Inserts checked rows into the staging table, which lasts as long as the connection. */
export async function stageCommunities(
  session: Session,
  columns: readonly string[],
  batches: AsyncIterable<StagedRow[]>,
): Promise<void> {
  await write(session, "control", { sql: `drop table if exists ${STAGED}`, bindings: [] });
  const definitions = ["file_row integer", "barangay_id bigint", ...columns.map((name) => `${name} ${typeOf(name)}`)];
  const columnList = definitions.join(", ");
  await write(session, "control", { sql: `create temporary table ${STAGED} (${columnList})`, bindings: [] });
  await session.dialect.statements.bulkInsert(
    session.transaction,
    STAGED,
    ["file_row", "barangay_id", ...columns],
    stagedCells(batches),
  );
}

async function* stagedCells(batches: AsyncIterable<StagedRow[]>): AsyncGenerator<Cell[][]> {
  for await (const rows of batches) yield rows.map(({ row, barangayId, values }) => [row, barangayId, ...values]);
}

function typeOf(column: string): string {
  if (isField(column)) return "integer";
  return column in COMMUNITY_COORDINATES ? "double precision" : "text";
}

/**
 * Deletes rows from the staging table, so that the others can be written without them.
 *
 * @returns how many of them were in it
 */
export function dropStaged(session: Session, rows: readonly number[]): Promise<number> {
  return write(session, "control", {
    sql: `delete from ${STAGED} where file_row in (select id from ${session.dialect.expressions.idsFromJson} as ids)`,
    bindings: [JSON.stringify(rows)],
  });
}

/**
 * Deletes the rows that have no value and no community yet.
 *
 * @returns their number
 */
export function dropStagedWithoutValues(session: Session, columns: readonly string[]): Promise<number> {
  return write(session, "control", {
    sql: `delete from ${STAGED}
      where ${columns.map((column) => `${column} is null`).join(" and ")}
        and barangay_id not in (select stored.barangay_id from ${storedOfStaged(session)} stored)`,
    bindings: [],
  });
}

/** Ids of the barangays that already have a community. */
export async function readStoredIds(session: Session): Promise<Set<number>> {
  const rows = await read<{ barangay_id: number }>(
    session,
    "bookkeeping",
    session.dialect.sql.select("barangay_id").from(aliased(session, "obc_communities", "community")),
  );
  return new Set(rows.map((row) => row.barangay_id));
}

/**
 * Writes the staged rows in one statement. Rows that change nothing are not written.
 *
 * @param stored the number of staged rows whose community already exists
 * @param kept the number of communities that will be created or updated
 * @param now ISO 8601 in UTC, for created_at and updated_at
 */
export async function writeStaged(
  session: Session,
  columns: readonly string[],
  { onConflict, blank }: WriteRules,
  { staged, stored, kept, now }: { staged: number; stored: number; kept: number; now: string },
): Promise<ImportCounts> {
  const counts: ImportCounts = { created: staged - stored, updated: 0, unchanged: 0, skipped: 0 };
  if (staged === 0) return counts;
  const { tables, timestamp } = session.schema;
  const table = tables.obc_communities;
  const own = (column: string) => ownColumn(table, column);
  const [created, changed] = [own("created_at"), own("updated_at")];
  const given = ["barangay_id", ...columns].map(own);
  const written = [...given, created, changed];
  if (counts.created > 0) refuseNewRow(table, written);
  const excluded = (column: string) => `excluded.${own(column)}`;
  const take = (column: string) => {
    const given = excluded(column);
    const keeps = nullKeeps(table, column, blank);
    return `${own(column)} = ${keeps ? `coalesce(${given}, ${table.name}.${own(column)})` : given}`;
  };
  const action =
    onConflict === "skip"
      ? "do nothing"
      : `do update set ${columns.map(take).join(", ")}, ${changed} = excluded.${changed}
         where ${changesStored(table, columns, blank, table.name, excluded)}`;
  const key = own("barangay_id");
  const others = otherColumns(table, written, { own: key, value: "staged.barangay_id" });
  // The conflict clause does not see a blank that stands for a value, so that the stored value has to be joined.
  const readsStored = blank === "keep" && columns.some((column) => own(column) in table.fill);
  const rows = await write(session, "write", {
    sql: `insert into ${table.name} (${written.join(", ")}${others.names})
       select staged.barangay_id, ${columns.map((column) => stagedValue(table, column, blank)).join(", ")}, ?, ?${others.values}
         from ${STAGED} staged
         ${readsStored ? presentRow(table.name, key, "staged.barangay_id") : others.join}
        where true
       on conflict (${key}) ${action}`,
    bindings: [timestamp(now), timestamp(now)],
  });
  if (onConflict === "skip") return { ...counts, skipped: stored };
  // Citus returns the number of rows that it looked at.
  counts.updated = (session.schema.distribution === null ? rows : kept) - counts.created;
  counts.unchanged = stored - counts.updated;
  return counts;
}
