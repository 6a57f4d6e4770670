import type { Field } from "../../core/fields.ts";
import type { FieldUpdate } from "../../core/import/file-plausibility.ts";
import type { TotalChange, TotalChanges } from "../../core/import/import-totals.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { ownColumn } from "../schema/schema.ts";
import { STAGED, storedOfStaged, type WriteRules } from "./staging-store.ts";

/** What writing the staged rows does to the totals of their communities, archived ones aside. */
export interface StagedTotals {
  /** Communities that are stored and not archived. */
  stored: number;
  /** Rows whose community is created. */
  created: number;
  /** Their totals alone, by field. */
  ofStored: Record<string, TotalChange>;
  /** With the communities that are created; also total_obc_communities. */
  ofAll: TotalChanges;
  /** Blank cells that remove what is stored, by field of the file. */
  blank: Record<string, number>;
}

type Counts = Record<string, number | string | null>;

/**
 * Sums fields before and after the staged rows are written, in one pass.
 *
 * @param columns the columns of the file; a field that is not among them keeps its figures
 */
export async function readStagedTotals(
  session: Session,
  fields: readonly Field[],
  columns: readonly string[],
  rules: WriteRules,
): Promise<StagedTotals> {
  const communities = storedOfStaged(session);
  const given = fields.filter((field) => columns.includes(field));
  const blanks = clears(rules) ? given : [];
  const sums = fields.flatMap((field) => [
    `sum(stored.${field}) as before_${field}`,
    `sum(${given.includes(field) ? updated(field, rules) : `stored.${field}`}) as after_${field}`,
  ]);
  const filledCells = blanks.map((field) => `count(staged.${field}) as filled_${field}`);
  const sumsOfCreated = given.map((field) => `sum(staged.${field}) as created_${field}`);
  const [row = {}] = await read<Counts>(session, "bookkeeping", {
    sql: `select existing.*, added.*
       from (select ${["count(*) as stored", ...sums, ...filledCells].join(", ")}
               from ${STAGED} staged
               join ${communities} stored on stored.barangay_id = staged.barangay_id
              where not stored.is_deleted) existing
      cross join
            (select ${["count(*) as created", ...sumsOfCreated].join(", ")}
               from ${STAGED} staged
               left join ${communities} stored on stored.barangay_id = staged.barangay_id
              where stored.barangay_id is null) added`,
    bindings: [],
  });
  const figure = (column: string) => Number(row[column] ?? 0);
  const [stored, created] = [figure("stored"), figure("created")];
  const ofStored: Record<string, TotalChange> = {};
  const ofAll: Record<string, TotalChange> = {
    total_obc_communities: { before: stored, after: stored + created },
  };
  for (const field of fields) {
    const [before, after] = [figure(`before_${field}`), figure(`after_${field}`)];
    ofStored[field] = { before, after };
    ofAll[field] = { before, after: after + figure(`created_${field}`) };
  }
  const blank = Object.fromEntries(blanks.map((field) => [field, stored - figure(`filled_${field}`)]));
  return { stored, created, ofStored, ofAll, blank };
}

/** The figure of a stored community after the write; null where the write stores what stands for null. */
function updated(field: Field, rules: WriteRules): string {
  if (rules.onConflict === "skip") return `stored.${field}`;
  return clears(rules) ? `staged.${field}` : `coalesce(staged.${field}, stored.${field})`;
}

/** Whether a blank cell removes a stored figure. */
function clears({ onConflict, blank }: WriteRules): boolean {
  return onConflict === "update" && blank === "clear";
}

/** Counts the stored figures of the communities that are stored and not archived, and how many of them a write removes. */
export async function countFigures(
  session: Session,
  { ofStored, stored }: StagedTotals,
  fields: readonly Field[],
  rules: WriteRules,
): Promise<FieldUpdate[]> {
  if (fields.length === 0) return [];
  const { tables } = session.schema;
  const { fill } = tables.obc_communities;
  // Where a column is never null, the value that stands for null is no figure.
  const figureOf = (field: Field) => {
    const literal = fill[ownColumn(tables.obc_communities, field)];
    return literal === undefined ? `stored.${field}` : `nullif(stored.${field}, ${literal})`;
  };
  const counts = fields.flatMap((field) => [
    `count(${figureOf(field)}) as figures_${field}`,
    `count(nullif(stored.${field}, 0)) as others_${field}`,
    `count(case when staged.${field} is null then ${figureOf(field)} end) as blank_${field}`,
  ]);
  const [row = {}] = await read<Counts>(session, "bookkeeping", {
    sql: `select ${counts.join(", ")}
       from ${STAGED} staged
       join ${storedOfStaged(session)} stored on stored.barangay_id = staged.barangay_id
      where not stored.is_deleted`,
    bindings: [],
  });
  return fields.map((field) => ({
    field,
    total: ofStored[field] as TotalChange,
    communities: stored,
    withFigure: Number(row[`figures_${field}`]),
    withoutZeros: Number(row[`others_${field}`]),
    removed: clears(rules) ? Number(row[`blank_${field}`]) : 0,
  }));
}
