import { UnitError } from "../../../core/errors.ts";
import { pointText } from "../../../core/figures/point-in-time.ts";
import type { Session } from "../../../db/connection/session.ts";
import { hasBarangays } from "../../../db/places/place-directory-reader.ts";
import { geographyMissing } from "../../../db/places/psgc-codes.ts";
import type { CountedRows } from "./counted-rows.ts";
import type { FigureSource } from "./figure-source.ts";

const HINTS = {
  communities: "Import some: obc-sync import communities FILE. Archived ones are included with --archived.",
  coverages: "Create them: obc-sync sync. Archived ones are included with --archived.",
} as const;

/** @throws DatabaseError or UnitError that says why none of the levels has a row */
export async function refuseNoRows(
  session: Session,
  { scope, asOf }: Pick<FigureSource, "scope" | "asOf">,
  levels: readonly CountedRows[],
  what: keyof typeof HINTS,
): Promise<void> {
  for (const rows of levels) if (!(await rows.isEmpty())) return;
  if (!(await hasBarangays(session))) throw geographyMissing(session);
  const where =
    scope.kind === "all" || scope.kind === "changed" ? "" : ` in ${(scope.names ?? scope.units).join(", ")}`;
  const wanted = `${what}${levelText(what, levels)}${where}`;
  if (asOf === null) throw new UnitError("NOTHING_FOUND", `there are no ${wanted}`, HINTS[what]);
  throw new UnitError(
    "NOTHING_FOUND",
    `there were no ${wanted} as of ${pointText({ time: new Date(asOf.time) })}, as far as runs and rows tell`,
    "Those that were added later are left out. List the runs with: obc-sync history",
  );
}

function levelText(what: keyof typeof HINTS, levels: readonly CountedRows[]): string {
  const [only] = levels;
  return what === "communities" || levels.length > 1 || only === undefined ? "" : ` of the level ${only.level}`;
}
