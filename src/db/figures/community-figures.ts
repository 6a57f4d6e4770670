import { type FigureRow, FLAGS, figureColumns } from "../../core/figures/figure-row.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { inScope } from "../places/in-scope.ts";
import { barangaysWithParents } from "../places/place-joins.ts";
import type { RunRange } from "../runs/run-range.ts";
import { changedBy } from "./changed-units.ts";
import { figureRows, selectPlaces } from "./figure-rows.ts";

/** Which rows to read. */
export interface FigureFilter {
  /** Includes archived communities and coverages. */
  archived: boolean;
  /** Only what these runs have changed; null for everything. */
  changedBy: RunRange | null;
}

/** The communities of a scope, ordered by code, in one statement whose rows are read as they are asked for. */
export function readCommunityFigures(
  session: Session,
  scope: Scope,
  { archived, changedBy: runs }: FigureFilter,
): AsyncGenerator<FigureRow> {
  const stored = [...FLAGS.filter((flag) => flag !== "auto_sync"), ...figureColumns("community")];
  const query = selectPlaces(session, "community", barangaysWithParents(session))
    .join(aliased(session, "obc_communities", "community"), "community.barangay_id", "barangay.id")
    .select(stored.map((column) => `community.${column}`))
    .where(inScope({ session, scope }, "municipality", "barangay.municipality_id"))
    .orderBy("barangay.code");
  if (!archived) query.whereRaw("not community.is_deleted");
  if (runs !== null) query.where(changedBy(session, "community", "barangay.id", runs));
  return figureRows(session, "community", query);
}
