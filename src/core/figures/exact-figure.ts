import { DatabaseError } from "../errors.ts";
import { MAX_COVERAGE_FIGURE } from "../fields.ts";

/** @throws DatabaseError if JavaScript does not hold the figure exactly */
export function exactFigure(figure: number, column: string): number {
  if (figure <= MAX_COVERAGE_FIGURE) return figure;
  throw new DatabaseError(
    "FIGURE_TOO_LARGE",
    `a sum of ${column} is larger than ${MAX_COVERAGE_FIGURE}, and would not be exact`,
    "Look for a wrong figure: obc-sync analyze",
  );
}
