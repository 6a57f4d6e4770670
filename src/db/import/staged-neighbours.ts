import { isField } from "../../core/fields.ts";
import type { NeighbourComparison } from "../../core/import/file-plausibility.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { STAGED, storedOfStaged } from "./staging-store.ts";

/** At least this many rows are compared, if there are as many: if most rows of a file are shifted, so are most of these. */
const SAMPLED = 1_000;

/**
 * Compares the figures of each column with those stored for the columns beside it, in a sample that is spread over the
 * whole file.
 *
 * @param columns ordered as in the file
 */
export async function compareNeighbours(
  session: Session,
  columns: readonly string[],
  stored: number,
): Promise<NeighbourComparison[]> {
  const pairs = neighbours(columns);
  if (pairs.length === 0) return [];
  const counts = pairs.flatMap(({ field, neighbour }, index) => {
    const differ = `stored.${field} <> stored.${neighbour}`;
    return [
      `count(case when ${differ} then staged.${field} end) as compared_${index}`,
      `count(case when ${differ} and staged.${field} = stored.${neighbour} then 1 end) as equal_${index}`,
    ];
  });
  const [row = {}] = await read<Record<string, number | string>>(session, "bookkeeping", {
    sql: `select ${counts.join(", ")}
       from ${STAGED} staged
       join ${storedOfStaged(session)} stored on stored.barangay_id = staged.barangay_id
      where not stored.is_deleted and staged.barangay_id % ${Math.max(1, Math.floor(stored / SAMPLED))} = 0`,
    bindings: [],
  });
  return pairs.map((pair, index) => ({
    ...pair,
    compared: Number(row[`compared_${index}`]),
    equal: Number(row[`equal_${index}`]),
  }));
}

/** Each figure column of a file with the figure columns beside it. */
function neighbours(columns: readonly string[]): Array<Pick<NeighbourComparison, "field" | "neighbour" | "side">> {
  return columns.flatMap((field, index) =>
    (["left", "right"] as const).flatMap((side) => {
      const neighbour = columns[side === "left" ? index - 1 : index + 1] ?? "";
      return isField(field) && isField(neighbour) ? [{ field, neighbour, side }] : [];
    }),
  );
}
