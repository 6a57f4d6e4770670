import type { Session } from "../connection/session.ts";
import { write } from "../connection/statements.ts";
import { STAGED } from "./staging-store.ts";

/** Staged rows of a sheet that does not have all columns of the file. */
export interface StagedSheet {
  firstRow: number;
  lastRow: number;
  /** The columns that other sheets have and this one does not. */
  missing: readonly string[];
}

/**
 * Gives staged rows what is stored for the columns that their sheet does not have, so that an empty cell clears a stored
 * value only where there is such a cell.
 */
export async function keepMissingColumns(session: Session, sheets: readonly StagedSheet[]): Promise<void> {
  for (const { firstRow, lastRow, missing } of sheets) {
    if (missing.length === 0) continue;
    await write(session, "control", {
      sql: `update ${STAGED} set ${missing.map((column) => `${column} = stored.${column}`).join(", ")}
        from ${session.schema.relations.obc_communities} stored
       where stored.barangay_id = ${STAGED}.barangay_id and file_row between ? and ?`,
      bindings: [firstRow, lastRow],
    });
  }
}
