import type { Knex } from "knex";
import { COMMUNITY_COORDINATES, FIELDS, isField } from "../../core/fields.ts";
import { JUMP_FACTOR } from "../../core/import/plausibility.ts";
import type { RowFinding } from "../../core/import/row-finding.ts";
import type { CommunityValue } from "../../core/records/parse-value.ts";
import type { Cell } from "../bulk-insert.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send, tagged } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";

/** Rows wait here, in a temporary table, until every one of them has been checked. */
export const STAGED = "staged_communities";

/** Findings of one sort that are read from the database; what is beyond is beyond what anybody reads. */
const MAX_FINDINGS = 50_000;

/** A row of a file whose barangay is known and whose cells are good. */
export interface StagedRow {
  row: number;
  barangayId: number;
  /** Parallel to the staged columns. */
  values: CommunityValue[];
}

export interface ImportCounts {
  created: number;
  updated: number;
  unchanged: number;
  /** Communities that were there already and were to be left alone. */
  skipped: number;
}

/** What becomes of a community that is there already, and of a stored value whose cell is empty. */
export interface WriteRules {
  onConflict: "update" | "skip";
  blank: "keep" | "clear";
}

/** Puts checked rows into the staging table, which goes with the connection. */
export async function stageCommunities(
  transaction: Knex.Transaction,
  dialect: Dialect,
  columns: readonly string[],
  batches: AsyncIterable<StagedRow[]>,
): Promise<void> {
  await transaction.raw(tagged("control", `drop table if exists ${STAGED}`));
  const definitions = ["file_row integer", "barangay_id integer", ...columns.map((name) => `${name} ${typeOf(name)}`)];
  await transaction.raw(tagged("control", `create temporary table ${STAGED} (${definitions.join(", ")})`));
  await dialect.bulkInsert(transaction, STAGED, ["file_row", "barangay_id", ...columns], stagedCells(batches));
}

async function* stagedCells(batches: AsyncIterable<StagedRow[]>): AsyncGenerator<Cell[][]> {
  for await (const rows of batches) yield rows.map(({ row, barangayId, values }) => [row, barangayId, ...values]);
}

function typeOf(column: string): string {
  if (isField(column)) return "integer";
  return column in COMMUNITY_COORDINATES ? "double precision" : "text";
}

/** Takes rows out of the staging table, so that the others can be written without them. */
export async function dropStaged(
  transaction: Knex.Transaction,
  dialect: Dialect,
  rows: readonly number[],
): Promise<void> {
  await transaction.raw(
    tagged("control", `delete from ${STAGED} where file_row in (select id from ${dialect.idsFromJson} as ids)`),
    [JSON.stringify(rows)],
  );
}

/** How many staged rows are about a community that is stored. */
export async function countStagedStored(transaction: Knex.Transaction): Promise<number> {
  const [counted] = await send<{ stored: number | string }>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select count(*) as stored from ${STAGED} staged
         join ${TABLES.communities} stored on stored.barangay_id = staged.barangay_id`,
    ),
  );
  return Number(counted?.stored);
}

/** Ids of the barangays that have a community already. */
export async function readStoredIds(transaction: Knex.Transaction): Promise<Set<number>> {
  const rows = await send<{ barangay_id: number }>(
    transaction,
    "bookkeeping",
    transaction.select("barangay_id").from(TABLES.communities),
  );
  return new Set(rows.map((row) => row.barangay_id));
}

/** Staged rows of communities that are archived: their figures are taken, they stay archived. */
export async function findStagedArchived(transaction: Knex.Transaction): Promise<RowFinding[]> {
  const rows = await send<{ file_row: number; code: string }>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select staged.file_row, barangay.code
       from ${STAGED} staged
       join ${TABLES.communities} stored on stored.barangay_id = staged.barangay_id
       join ${TABLES.barangays} barangay on barangay.id = staged.barangay_id
      where stored.is_deleted
      order by staged.file_row limit ${MAX_FINDINGS}`,
    ),
  );
  return rows.map(({ file_row, code }) => ({
    row: file_row,
    column: "barangay_code",
    code,
    value: code,
    message: "this community is archived: its figures are updated, but it is not counted until it is restored",
    kind: "archived",
  }));
}

/** Staged figures that are more than ten times what is stored, or less than a tenth of it. */
export async function findStagedJumps(
  transaction: Knex.Transaction,
  columns: readonly string[],
): Promise<RowFinding[]> {
  const fields = FIELDS.filter((field) => columns.includes(field));
  if (fields.length === 0) return [];
  // 64-bit: ten times a figure does not fit into the column's own type.
  const times = (figure: string) => `cast(${figure} as bigint) * ${JUMP_FACTOR}`;
  const jumps = (field: string) =>
    `(stored.${field} > 0 and staged.${field} > ${times(`stored.${field}`)}
      or stored.${field} > ${JUMP_FACTOR} and stored.${field} > ${times(`staged.${field}`)})`;
  const rows = await send<Record<string, number | string | null>>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select staged.file_row, barangay.code,
              ${fields.map((field) => `stored.${field} as stored_${field}, staged.${field}`).join(", ")}
         from ${STAGED} staged
         join ${TABLES.communities} stored on stored.barangay_id = staged.barangay_id
         join ${TABLES.barangays} barangay on barangay.id = staged.barangay_id
        where ${fields.map(jumps).join(" or ")}
        order by staged.file_row limit ${MAX_FINDINGS}`,
    ),
  );
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
          message: `${before} is stored: the figure changes more than ${JUMP_FACTOR} times`,
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
 * Writes the staged rows in one statement; a row that changes nothing is not touched.
 *
 * @param stored how many of them are about a community that is stored
 * @param now ISO 8601 in UTC, for created_at and updated_at
 */
export async function writeStaged(
  transaction: Knex.Transaction,
  dialect: Dialect,
  columns: readonly string[],
  { onConflict, blank }: WriteRules,
  { staged, stored, now }: { staged: number; stored: number; now: string },
): Promise<ImportCounts> {
  const counts: ImportCounts = { created: staged - stored, updated: 0, unchanged: 0, skipped: 0 };
  if (staged === 0) return counts;
  const { communities } = TABLES;
  const names = columns.join(", ");
  const take = (name: string) =>
    `${name} = ${blank === "clear" ? `excluded.${name}` : `coalesce(excluded.${name}, ${communities}.${name})`}`;
  const differs = (name: string) => {
    const isOther = `${communities}.${name} is distinct from excluded.${name}`;
    return blank === "clear" ? isOther : `(excluded.${name} is not null and ${isOther})`;
  };
  const action =
    onConflict === "skip"
      ? "do nothing"
      : `do update set ${columns.map(take).join(", ")}, updated_at = excluded.updated_at
         where ${columns.map(differs).join(" or ")}`;
  const written = await dialect.affectedRows(
    transaction,
    tagged(
      "write",
      `insert into ${communities} (barangay_id, ${names}, created_at, updated_at)
       select barangay_id, ${names}, ?, ? from ${STAGED} where true
       on conflict (barangay_id) ${action}`,
    ),
    [now, now],
  );
  if (onConflict === "skip") return { ...counts, skipped: stored };
  counts.updated = written - counts.created;
  counts.unchanged = stored - counts.updated;
  return counts;
}
