import { type Field, isField } from "../../../core/fields.ts";
import { implausibleUpdates, isSuspect, misplacedColumns } from "../../../core/import/file-plausibility.ts";
import type { TotalChange, TotalChanges } from "../../../core/import/import-totals.ts";
import type { Session } from "../../../db/connection/session.ts";
import { compareNeighbours } from "../../../db/import/staged-neighbours.ts";
import { countFigures, readStagedTotals } from "../../../db/import/staged-totals.ts";
import { findStagedArchived, findStagedJumps } from "../../../db/import/staged-warnings.ts";
import type { WriteRules } from "../../../db/import/staging-store.ts";
import type { StagedFile } from "./staged-file.ts";

/** What a staged file is about to change. */
export interface StagedReview {
  /** Staged rows whose community exists already. */
  stored: number;
  /** Of the communities in the file that are not archived. */
  totals: TotalChanges;
}

/**
 * Compares a staged file with what is stored, before it is written, and adds what looks wrong to the file's warnings.
 *
 * @param fields the fields to total
 */
export async function reviewStaged(
  session: Session,
  { staged, columns, warnings }: StagedFile,
  fields: readonly Field[],
  rules: WriteRules,
): Promise<StagedReview> {
  const totals = await readStagedTotals(session, fields, columns, rules);
  const stored = staged - totals.created;
  if (stored > 0 && rules.onConflict === "update") {
    const found = [
      ...(stored > totals.stored ? await findStagedArchived(session, columns, rules.blank) : []),
      ...(await findStagedJumps(session, columns)),
    ];
    for (const warning of found) warnings.add([warning]);
    warnings.kept.sort((left, right) => left.row - right.row);
    // A blank cell that keeps the stored figure is no sign of an error: a form is filled in where something is new.
    const suspect = columns
      .filter(isField)
      .filter((field) => isSuspect(totals.ofStored[field] as TotalChange, totals.blank[field] ?? 0, totals.stored));
    warnings.addOfFile([
      ...misplacedColumns(await compareNeighbours(session, columns, totals.stored)),
      ...implausibleUpdates(await countFigures(session, totals, suspect, rules)),
    ]);
  }
  return { stored, totals: totals.ofAll };
}
