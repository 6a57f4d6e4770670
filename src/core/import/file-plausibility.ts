import type { Field } from "../fields.ts";
import { grouped } from "../grouped.ts";
import { FILE_ROW, type RowFinding } from "../rows/row-finding.ts";
import { changedShare, describeTotalChange, type TotalChange } from "./import-totals.ts";

/**
 * Import warns about a field whose total over the stored communities grows or shrinks by more than this share. Between two
 * surveys of the same communities a population grows by some per cent; a column in another unit, such as persons instead
 * of households, changes its total severalfold.
 */
export const IMPLAUSIBLE_CHANGE = 0.5;

/** A total over fewer communities is not judged: a few corrected rows may well double it. */
export const FEWEST_COMMUNITIES = 10;

/** A column is compared with its neighbours in at least this many rows. In a few rows, small figures are equal by chance. */
export const FEWEST_COMPARED = 20;

/** "Most" of the rows or communities: more than this share of them. */
const MOST = 0.5;

/** What an import does to the figures of one field, over the communities in the file that are stored and not archived. */
export interface FieldUpdate {
  field: Field;
  total: TotalChange;
  /** The communities, and how many of them have a stored figure, and one other than 0. */
  communities: number;
  withFigure: number;
  withoutZeros: number;
  /** How many of the stored figures the import removes. */
  removed: number;
}

/** How often a column holds what is stored for the column beside it, in rows whose two stored figures differ. */
export interface NeighbourComparison {
  field: Field;
  neighbour: Field;
  side: "left" | "right";
  compared: number;
  equal: number;
}

/**
 * Whether the figures of a field have to be counted: its total changes too much, or there are enough blank cells to remove
 * most of the figures that most communities have.
 *
 * @param blank number of blank cells that remove what is stored, over all communities
 */
export function isSuspect(total: TotalChange, blank: number, communities: number): boolean {
  return changesImplausibly(total) || blank > communities * MOST * MOST;
}

/** Whether a total changes so much that its field has to be looked at. A total of 0 grows by no share of itself. */
function changesImplausibly(total: TotalChange): boolean {
  return total.before > 0 && changedShare(total) > IMPLAUSIBLE_CHANGE;
}

/**
 * Finds fields that lose most of their figures, and fields whose total changes by more than half. If a field loses its
 * figures, the change of its total is no second finding.
 */
export function implausibleUpdates(updates: readonly FieldUpdate[]): RowFinding[] {
  return updates.flatMap((update) => {
    const { field, total } = update;
    const change = `the total changes from ${grouped(total.before)} to ${grouped(total.after)} (${describeTotalChange(total)})`;
    if (losesMost(update)) {
      const which = `blank for ${grouped(update.removed)} of the ${grouped(update.withFigure)} communities that have a figure`;
      return [ofFile(field, "blank", `${which}, which removes these figures: ${change}`)];
    }
    if (update.withoutZeros < FEWEST_COMMUNITIES || !changesImplausibly(total)) return [];
    return [
      ofFile(field, "total", `over the ${grouped(update.communities)} stored communities in the file, ${change}`),
    ];
  });
}

function losesMost({ communities, withFigure, removed }: FieldUpdate): boolean {
  return withFigure >= FEWEST_COMMUNITIES && withFigure > communities * MOST && removed > withFigure * MOST;
}

/**
 * Finds adjacent columns that hold each other's figures: shifted by one column, or exchanged. One column alone is no
 * finding, because a correction may well make it equal to the column beside it, such as households to families.
 *
 * @param comparisons ordered as the columns of the file
 */
export function misplacedColumns(comparisons: readonly NeighbourComparison[]): RowFinding[] {
  const misplaced = comparisons.filter(({ compared, equal }) => compared >= FEWEST_COMPARED && equal > compared * MOST);
  const toRight = misplaced.filter(({ side }) => side === "right");
  const toLeft = misplaced.filter(({ side }) => side === "left");
  const runs = [...runsOf(toRight), ...runsOf(toLeft)];
  const shifted = runs.filter(({ length }) => length > 1);
  const alone = runs.filter(({ length }) => length === 1).flat();
  const exchanged = alone.flatMap((left) => {
    const right = alone.find(({ field, neighbour }) => field === left.neighbour && neighbour === left.field);
    return left.side === "right" && right !== undefined ? [[left, right]] : [];
  });
  return [
    ...shifted.map((run) => finding(run, "are the columns shifted by one?")),
    ...exchanged.map((pair) => finding(pair, "are the two columns exchanged?")),
  ];
}

/** Groups comparisons of one side that are of adjacent columns. */
function runsOf(comparisons: readonly NeighbourComparison[]): NeighbourComparison[][] {
  const runs: NeighbourComparison[][] = [];
  for (const comparison of comparisons) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    const { field, neighbour } = comparison;
    if (previous?.neighbour === field || previous?.field === neighbour) run?.push(comparison);
    else runs.push([comparison]);
  }
  return runs;
}

function finding(run: readonly NeighbourComparison[], question: string): RowFinding {
  const [first, second] = run as [NeighbourComparison, NeighbourComparison];
  const rest = run.length === 2 ? "" : `, and so on up to ${run.at(-1)?.field}`;
  const both = `looks like what is stored as ${first.neighbour}, ${second.field} like ${second.neighbour}`;
  return ofFile(first.field, "shifted", `${both}${rest}: ${question}`);
}

function ofFile(column: Field, kind: string, message: string): RowFinding {
  return { row: FILE_ROW, column, code: "", value: "", message, kind };
}
