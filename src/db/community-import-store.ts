import type { Knex } from "knex";
import { COMMUNITY_COORDINATES, isField } from "../core/fields.ts";
import type { ImportRow } from "../core/import-row.ts";
import type { RowFinding } from "../core/report.ts";
import type { Scope } from "../core/scope.ts";
import type { Cell } from "./bulk-insert.ts";
import type { Dialect } from "./dialect.ts";
import { tagged } from "./statement-log.ts";
import { TABLES } from "./tables.ts";

/** Rows wait here, in a temporary table, until every one of them has been checked. */
const STAGED = "staged_communities";

export interface ImportCounts {
  created: number;
  updated: number;
  unchanged: number;
}

/** Puts the checked rows of a file with these columns into the staging table, which goes with the connection. */
export async function stageCommunities(
  transaction: Knex.Transaction,
  dialect: Dialect,
  columns: readonly string[],
  batches: AsyncIterable<ImportRow[]>,
): Promise<void> {
  await transaction.raw(tagged("control", `drop table if exists ${STAGED}`));
  const definitions = ["file_row integer", "barangay_code text", ...columns.map((name) => `${name} ${typeOf(name)}`)];
  await transaction.raw(tagged("control", `create temporary table ${STAGED} (${definitions.join(", ")})`));
  await dialect.bulkInsert(transaction, STAGED, ["file_row", "barangay_code", ...columns], stagedCells(batches));
}

async function* stagedCells(batches: AsyncIterable<ImportRow[]>): AsyncGenerator<Cell[][]> {
  for await (const rows of batches) yield rows.map(({ row, barangayCode, values }) => [row, barangayCode, ...values]);
}

function typeOf(column: string): string {
  if (isField(column)) return "integer";
  return column in COMMUNITY_COORDINATES ? "double precision" : "text";
}

/** Staged rows whose barangay is not in the geography, or stands in more than one row, in the order of the file. */
export async function findStagedProblems(transaction: Knex.Transaction, dialect: Dialect): Promise<RowFinding[]> {
  const rows = await select<{ file_row: number; barangay_code: string; barangay_id: number | null; file_rows: string }>(
    transaction,
    `select staged.file_row, staged.barangay_code, barangay.id as barangay_id, doubled.file_rows
       from ${STAGED} staged
       left join ${TABLES.barangays} barangay on barangay.code = staged.barangay_code
       left join (select barangay_code, ${dialect.jsonArrayOf("file_row")} as file_rows
                    from ${STAGED} group by barangay_code having count(*) > 1) doubled
         on doubled.barangay_code = staged.barangay_code
      where barangay.id is null or doubled.barangay_code is not null
      order by staged.file_row`,
  );
  return rows.map((row) => ({
    row: row.file_row,
    column: "barangay_code",
    code: row.barangay_code,
    value: row.barangay_code,
    message:
      row.barangay_id === null
        ? "no barangay has this code; check its digits, or import a newer edition of the geography"
        : `rows ${listRows(row.file_rows)} are about the same barangay; keep one of them`,
  }));
}

function listRows(json: string): string {
  const rows: number[] = JSON.parse(json).sort((left: number, right: number) => left - right);
  const shown = rows.slice(0, 5).join(", ");
  return rows.length > 5 ? `${shown} and ${rows.length - 5} more` : shown;
}

/** Staged rows of communities that are archived: their figures are taken, they stay archived. */
export async function findStagedArchived(transaction: Knex.Transaction): Promise<RowFinding[]> {
  const rows = await select<{ file_row: number; barangay_code: string }>(
    transaction,
    `select staged.file_row, staged.barangay_code
       from ${STAGED} staged
       join ${TABLES.barangays} barangay on barangay.code = staged.barangay_code
       join ${TABLES.communities} stored on stored.barangay_id = barangay.id
      where stored.is_deleted
      order by staged.file_row`,
  );
  return rows.map((row) => ({
    row: row.file_row,
    column: "barangay_code",
    code: row.barangay_code,
    value: row.barangay_code,
    message: "this community is archived: its figures are updated, but it is not counted until it is restored",
  }));
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

/**
 * Writes the staged rows in one statement. An empty cell keeps what is stored, and a row that changes nothing is
 * not touched.
 *
 * @param now ISO 8601 in UTC, for created_at and updated_at
 */
export async function writeStaged(
  transaction: Knex.Transaction,
  columns: readonly string[],
  now: string,
): Promise<ImportCounts> {
  const differs = (stored: string, staged: string) =>
    columns
      .map((name) => `(${staged}.${name} is not null and ${stored}.${name} is distinct from ${staged}.${name})`)
      .join(" or ");
  const [counted] = await select<Record<keyof ImportCounts, number | string>>(
    transaction,
    `select count(case when stored.barangay_id is null then 1 end) as created,
            count(case when stored.barangay_id is not null and (${differs("stored", "staged")}) then 1 end) as updated,
            count(case when stored.barangay_id is not null and not (${differs("stored", "staged")}) then 1 end) as unchanged
       from ${STAGED} staged
       join ${TABLES.barangays} barangay on barangay.code = staged.barangay_code
       left join ${TABLES.communities} stored on stored.barangay_id = barangay.id`,
  );
  const counts = {
    created: Number(counted?.created),
    updated: Number(counted?.updated),
    unchanged: Number(counted?.unchanged),
  };
  if (counts.created + counts.updated === 0) return counts;

  const names = columns.join(", ");
  const keep = (name: string) => `${name} = coalesce(excluded.${name}, ${TABLES.communities}.${name})`;
  await transaction.raw(
    tagged(
      "write",
      `insert into ${TABLES.communities} (barangay_id, ${names}, created_at, updated_at)
       select barangay.id, ${columns.map((name) => `staged.${name}`).join(", ")}, ?, ?
         from ${STAGED} staged
         join ${TABLES.barangays} barangay on barangay.code = staged.barangay_code
        where true
       on conflict (barangay_id) do update set ${columns.map(keep).join(", ")}, updated_at = excluded.updated_at
       where ${differs(TABLES.communities, "excluded")}`,
    ),
    [now, now],
  );
  return counts;
}

/** The municipalities that the staged rows are about, as the scope of the sync that follows. */
export async function readStagedScope(transaction: Knex.Transaction): Promise<Scope> {
  const rows = await select<{ code: string; municipality_id: number; province_id: number }>(
    transaction,
    `select municipality.code, municipality.id as municipality_id, municipality.province_id
       from ${TABLES.municipalities} municipality
      where municipality.id in (
        select barangay.municipality_id
          from ${STAGED} staged
          join ${TABLES.barangays} barangay on barangay.code = staged.barangay_code)
      order by municipality.code`,
  );
  return {
    kind: "municipality",
    units: rows.map((row) => row.code),
    municipalityIds: rows.map((row) => row.municipality_id),
    provinceIds: [...new Set(rows.map((row) => row.province_id))],
  };
}

async function select<Row>(transaction: Knex.Transaction, sql: string): Promise<Row[]> {
  const result = await transaction.raw(tagged("bookkeeping", sql));
  return Array.isArray(result) ? result : result.rows;
}
