import { GeographyMissingError } from "../../core/errors.ts";
import type { PlaceLevel } from "../../core/geography/geography-diff.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";

/**
 * The PSGC code of a place, as an SQL expression: its own code, or the one that obc_sync_places has for it; null if there
 * is none.
 *
 * @param place the alias of the place
 */
export function psgcCode({ schema }: Session, level: PlaceLevel, place: string): string {
  if (schema.codes === "psgc") return `${place}.code`;
  return `(select coded.psgc_code from ${schema.bookkeeping.places} coded
    where coded.level = '${level}' and coded.unit_id = ${place}.id)`;
}

/** Whether any place has a PSGC code. */
export async function hasPsgcCodes(session: Session): Promise<boolean> {
  if (session.schema.codes === "psgc") return true;
  const sql = `select coded.level from ${session.schema.bookkeeping.places} coded limit 1`;
  return (await read(session, "bookkeeping", { sql, bindings: [] })).length > 0;
}

/** A condition that a barangay has one of these PSGC codes. */
export function hasPsgcCode({ schema }: Session, barangay: string, codes: string): string {
  if (schema.codes === "psgc") return `${barangay}.code in (${codes})`;
  return `${barangay}.id in (select coded.unit_id from ${schema.bookkeeping.places} coded
    where coded.level = 'barangay' and coded.psgc_code in (${codes}))`;
}

/** The error where a database has no places. Only those of the program's own tables can be imported. */
export function geographyMissing({ schema }: Pick<Session, "schema">): GeographyMissingError {
  return new GeographyMissingError(
    schema.isOwn
      ? "Run: obc-sync import geography"
      : `Add the places in the application first: the table ${schema.tables.barangays.name} is empty.`,
  );
}
