import { FIELDS } from "../../core/fields.ts";
import { grouped } from "../../core/grouped.ts";
import { JUMP_FACTOR } from "../../core/rows/plausibility.ts";
import type { RowFinding } from "../../core/rows/row-finding.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { ownColumn } from "../schema/schema.ts";
import { type Blank, changesStored, stagedValue } from "./staged-values.ts";
import { STAGED, storedOfStaged } from "./staging-store.ts";

/** Limits the findings of one kind that are read from the database, and so the memory that they take. */
const MAX_FINDINGS = 50_000;

/** Staged rows that change archived communities: their figures are written, and they stay archived. */
export async function findStagedArchived(
  session: Session,
  columns: readonly string[],
  blank: Blank,
): Promise<RowFinding[]> {
  const table = session.schema.tables.obc_communities;
  const own = (column: string) => ownColumn(table, column);
  const { isOwn, relations } = session.schema;
  // The columns of an application's table that cannot be null hold something else: only the table itself shows it.
  const stored = isOwn ? storedOfStaged(session) : table.name;
  const changes = changesStored(table, columns, blank, "present", (column) => stagedValue(table, column, blank));
  const rows = await read<{ file_row: number; code: string }>(session, "bookkeeping", {
    sql: `select staged.file_row, barangay.code
       from ${STAGED} staged
       join ${stored} present on present.${own("barangay_id")} = staged.barangay_id
       join ${relations.barangays} barangay on barangay.id = staged.barangay_id
      where present.${own("is_deleted")} and ${changes}
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
         join ${storedOfStaged(session)} stored on stored.barangay_id = staged.barangay_id
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
