import { UnitError } from "../../core/errors.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../../db/connection/session.ts";
import { hasBarangays } from "../../db/places/place-directory-reader.ts";
import { geographyMissing } from "../../db/places/psgc-codes.ts";
import type { CountedRows } from "./counted-rows.ts";

const HINTS = {
  communities: "Import some: obc-sync import communities FILE. Archived ones are included with --archived.",
  coverages: "Create them: obc-sync sync. Archived ones are included with --archived.",
} as const;

/** @throws DatabaseError or UnitError that says why none of the levels has a row */
export async function refuseNoRows(
  session: Session,
  scope: Scope,
  levels: readonly CountedRows[],
  what: keyof typeof HINTS,
): Promise<void> {
  for (const rows of levels) if (!(await rows.isEmpty())) return;
  if (!(await hasBarangays(session))) throw geographyMissing(session);
  const where =
    scope.kind === "all" || scope.kind === "changed" ? "" : ` in ${(scope.names ?? scope.units).join(", ")}`;
  throw new UnitError("NOTHING_FOUND", `there are no ${what}${levelText(what, levels)}${where}`, HINTS[what]);
}

function levelText(what: keyof typeof HINTS, levels: readonly CountedRows[]): string {
  const [only] = levels;
  return what === "communities" || levels.length > 1 || only === undefined ? "" : ` of the level ${only.level}`;
}
