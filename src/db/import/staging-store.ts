import { COMMUNITY_COORDINATES, FIELDS, isField } from "../../core/fields.ts";
import { grouped } from "../../core/grouped.ts";
import { JUMP_FACTOR } from "../../core/import/plausibility.ts";
import type { RowFinding } from "../../core/import/row-finding.ts";
import type { CommunityValue } from "../../core/records/parse-value.ts";
import { aliased } from "../connection/aliased.ts";
import type { Cell } from "../connection/dialect.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import { otherColumns } from "../schema/other-columns.ts";
import { type BaseTable, ownColumn, refuseNewRow } from "../schema/schema.ts";

/** The temporary table that holds the rows until all of them have been checked. */
export const STAGED = "staged_communities";

/** Limits the findings of one kind that are read from the database, and so the memory that they take. */
const MAX_FINDINGS = 50_000;

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
  blank: "keep" | "clear";
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
        and barangay_id not in (select stored.barangay_id from ${session.schema.relations.obc_communities} stored)`,
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

/** Staged rows of archived communities: their figures are written, and they stay archived. */
export async function findStagedArchived(session: Session): Promise<RowFinding[]> {
  const rows = await read<{ file_row: number; code: string }>(session, "bookkeeping", {
    sql: `select staged.file_row, barangay.code
       from ${STAGED} staged
       join ${session.schema.relations.obc_communities} stored on stored.barangay_id = staged.barangay_id
       join ${session.schema.relations.barangays} barangay on barangay.id = staged.barangay_id
      where stored.is_deleted
      order by staged.file_row limit ${MAX_FINDINGS}`,
    bindings: [],
  });
  return rows.map(({ file_row, code }) => ({
    row: file_row,
    column: "barangay_code",
    code,
    value: code,
    message: "this community is archived: its figures are updated, but it is not counted until it is restored",
    kind: "archived",
  }));
}

/** Staged figures that are more than ten times the stored figure, or less than a tenth of it. */
export async function findStagedJumps(session: Session, columns: readonly string[]): Promise<RowFinding[]> {
  const fields = FIELDS.filter((field) => columns.includes(field));
  if (fields.length === 0) return [];
  // Ten times a figure may not fit in the 32-bit type of the column.
  const times = (figure: string) => `cast(${figure} as bigint) * ${JUMP_FACTOR}`;
  // Most figures of most files are the stored ones: to compare these first takes half the time.
  const jumps = (field: string) =>
    `stored.${field} <> staged.${field} and (stored.${field} > 0 and staged.${field} > ${times(`stored.${field}`)}
      or stored.${field} > ${JUMP_FACTOR} and stored.${field} > ${times(`staged.${field}`)})`;
  const rows = await read<Record<string, number | string | null>>(session, "bookkeeping", {
    sql: `select staged.file_row, barangay.code,
              ${fields.map((field) => `stored.${field} as stored_${field}, staged.${field}`).join(", ")}
         from ${STAGED} staged
         join ${session.schema.relations.obc_communities} stored on stored.barangay_id = staged.barangay_id
         join ${session.schema.relations.barangays} barangay on barangay.id = staged.barangay_id
        where ${fields.map(jumps).join(" or ")}
        order by staged.file_row limit ${MAX_FINDINGS}`,
    bindings: [],
  });
  return rows.flatMap((row) =>
    fields.flatMap((field) => {
      const [before, after] = [row[`stored_${field}`] ?? null, row[field] ?? null] as [number | null, number | null];
      if (before === null || after === null || !isJump(before, after)) return [];
      return [
        {
          row: Number(row.file_row),
          column: field,
          code: String(row.code),
          value: String(after),
          message: `the stored figure is ${grouped(before)}: this one differs by a factor of more than ${JUMP_FACTOR}`,
          kind: "jump",
        },
      ];
    }),
  );
}

function isJump(before: number, after: number): boolean {
  return (before > 0 && after > before * JUMP_FACTOR) || (before > JUMP_FACTOR && before > after * JUMP_FACTOR);
}

/**
 * Writes the staged rows in one statement. Rows that change nothing are not written.
 *
 * @param stored the number of staged rows whose community already exists
 * @param now ISO 8601 in UTC, for created_at and updated_at
 */
export async function writeStaged(
  session: Session,
  columns: readonly string[],
  { onConflict, blank }: WriteRules,
  { staged, stored, now }: { staged: number; stored: number; now: string },
): Promise<ImportCounts> {
  const counts: ImportCounts = { created: staged - stored, updated: 0, unchanged: 0, skipped: 0 };
  if (staged === 0) return counts;
  const { tables, relations, timestamp } = session.schema;
  const table = tables.obc_communities;
  const own = (column: string) => ownColumn(table, column);
  const [created, changed] = [own("created_at"), own("updated_at")];
  const given = ["barangay_id", ...columns].map(own);
  const written = [...given, created, changed];
  if (counts.created > 0) refuseNewRow(table, written);
  const others = otherColumns(table, written, { own: own("barangay_id"), value: "staged.barangay_id" });
  const keepsStored = (column: string) => blank === "keep" && !(own(column) in table.fill);
  const take = (column: string) => {
    const given = `excluded.${own(column)}`;
    return `${own(column)} = ${keepsStored(column) ? `coalesce(${given}, ${table.name}.${own(column)})` : given}`;
  };
  const differs = (column: string) => {
    const isOther = `${table.name}.${own(column)} is distinct from excluded.${own(column)}`;
    return keepsStored(column) ? `(excluded.${own(column)} is not null and ${isOther})` : isOther;
  };
  const action =
    onConflict === "skip"
      ? "do nothing"
      : `do update set ${columns.map(take).join(", ")}, ${changed} = excluded.${changed}
         where ${columns.map(differs).join(" or ")}`;
  // The conflict clause does not see a blank that stands for a value, so that the stored value has to be joined.
  const readsStored = blank === "keep" && columns.some((column) => own(column) in table.fill);
  const rows = await write(session, "write", {
    sql: `insert into ${table.name} (${written.join(", ")}${others.names})
       select staged.barangay_id, ${columns.map((column) => stagedValue(table, column, blank)).join(", ")}, ?, ?${others.values}
         from ${STAGED} staged
         ${others.join}
         ${readsStored ? `left join ${relations.obc_communities} stored on stored.barangay_id = staged.barangay_id` : ""}
        where true
       on conflict (${own("barangay_id")}) ${action}`,
    bindings: [timestamp(now), timestamp(now)],
  });
  if (onConflict === "skip") return { ...counts, skipped: stored };
  counts.updated = rows - counts.created;
  counts.unchanged = stored - counts.updated;
  return counts;
}

/** The value of a staged row; where a column is never null, the stored one if blanks keep it, or what stands for null. */
function stagedValue(table: BaseTable, column: string, blank: WriteRules["blank"]): string {
  const literal = table.fill[ownColumn(table, column)];
  if (literal === undefined) return `staged.${column}`;
  return `coalesce(staged.${column}${blank === "keep" ? `, stored.${column}` : ""}, ${literal})`;
}
