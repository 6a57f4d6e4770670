import type { StoredCode } from "../../core/geography/code-changes.ts";
import { PLACE_LEVELS } from "../../core/geography/geography-diff.ts";
import type { StoredPlace } from "../../core/geography/stored-place.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import type { Columns } from "../dialect/columns.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { PLACE_TABLES } from "./geography-reader.ts";

/** Every place, top down, each level ordered by code. */
export async function readStoredPlaces(session: Session): Promise<StoredPlace[]> {
  const { sql } = session.dialect;
  const places: StoredPlace[] = [];
  for (const level of PLACE_LEVELS) {
    const { table, parent } = PLACE_TABLES[level];
    const query = sql
      .select("id", "code", "name")
      .select(parent === null ? sql.raw("null as ??", ["parentId"]) : { parentId: parent.key })
      .from(aliased(session, table, "unit"))
      .orderBy("code");
    const rows = await read<Omit<StoredPlace, "level">>(session, "bookkeeping", query);
    for (const row of rows) places.push({ level, ...row });
  }
  return places;
}

/** The PSGC codes of places that have codes of their own. */
export function readStoredCodes(session: Session): Promise<StoredCode[]> {
  const { places } = session.schema.bookkeeping;
  return read(session, "bookkeeping", {
    sql: `select level, unit_id as "unitId", psgc_code as "psgcCode" from ${places} coded`,
    bindings: [],
  });
}

const COLUMNS: Columns = [
  ["level", "text"],
  ["unit_id", "bigint"],
  ["psgc_code", "text"],
];

/** Deletes all rows before it inserts any: two places may exchange their codes. */
export async function writeCodes(
  session: Session,
  { removed, written }: { removed: readonly StoredCode[]; written: readonly StoredCode[] },
): Promise<void> {
  const source = session.dialect.expressions.rowsFromJson(COLUMNS);
  const names = COLUMNS.map(([name]) => name).join(", ");
  const rows = (codes: readonly StoredCode[]) => [
    JSON.stringify(codes.map(({ level, unitId, psgcCode }) => [level, unitId, psgcCode])),
  ];
  if (removed.length > 0) {
    const sql = `delete from ${BOOKKEEPING.places} where (level, unit_id) in (select level, unit_id from ${source})`;
    await write(session, "write", { sql, bindings: rows(removed) });
  }
  if (written.length > 0) {
    const sql = `insert into ${BOOKKEEPING.places} (${names}) select ${names} from ${source}`;
    await write(session, "write", { sql, bindings: rows(written) });
  }
}
