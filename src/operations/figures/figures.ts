import type { FigureLevel, FigureRow } from "../../core/figures/figure-row.ts";
import { type Connection, withSnapshot } from "../../db/transaction/transaction.ts";
import { withCountedRows } from "../shared/figures/counted-rows.ts";
import { type FigureRequest, levelsOf, openFigures } from "../shared/figures/figure-source.ts";
import { callGiven } from "../shared/given-options.ts";
import type { OperationOptions } from "../shared/options.ts";

export interface FigureOptions extends OperationOptions, FigureRequest {
  /** What the rows are: communities, or the coverages of a level. A region has the sums of its provinces' coverages. */
  level: FigureLevel;
}

/**
 * Gives `use` the communities or coverages of a scope, ordered by code, with the names and codes of the places above. The
 * rows come from one snapshot, one at a time as they are asked for, so that memory does not grow with them. Writes nothing.
 *
 * @throws UnitError if a unit or a run is unknown
 */
export async function withFigures<T>(
  connection: Connection,
  options: FigureOptions,
  use: (rows: AsyncIterable<FigureRow>) => Promise<T>,
): Promise<T> {
  callGiven(connection, options);
  const { level, scope = { kind: "all" } } = options;
  const levels = level === "community" ? [level] : levelsOf(level, scope);
  return withSnapshot(connection, options, async (session) => {
    const source = await openFigures(session, options, levels);
    return withCountedRows(levels, source.rows, ([rows]) => use(rows as AsyncIterable<FigureRow>));
  });
}
