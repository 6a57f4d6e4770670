import { type FigureColumn, figureColumnsFor, refuseUnknownFields } from "../../core/figures/figure-columns.ts";
import type { FigureListReport } from "../../core/figures/figure-list-report.ts";
import { type FigureLevel, figureColumns } from "../../core/figures/figure-row.ts";
import { summarizeScope } from "../../core/sync/scope.ts";
import type { UnitValue } from "../../core/sync/unit-change.ts";
import { type Connection, withSnapshot } from "../../db/transaction/transaction.ts";
import { withCountedRows } from "../shared/figures/counted-rows.ts";
import { type FigureRequest, type LevelRequest, levelsOf, openFigures } from "../shared/figures/figure-source.ts";
import { refuseNoRows } from "../shared/figures/refuse-no-rows.ts";
import { callGiven } from "../shared/given-options.ts";
import type { OperationOptions } from "../shared/options.ts";

export interface FigureListOptions extends OperationOptions, FigureRequest {
  /** The figures and texts to list; the most important ones by default. */
  fields?: readonly string[] | undefined;
  /** Adds household size, share of the barangay's population, women and dependency; false by default. */
  ratios?: boolean | undefined;
  /** A column to sort by; with - in front, the largest first. By default the rows are sorted by code. */
  sort?: string | undefined;
  /** Maximum number of rows; all by default. */
  limit?: number | undefined;
}

export interface CoverageListOptions extends FigureListOptions {
  /** Municipality by default. */
  level?: LevelRequest | undefined;
}

/**
 * Lists communities with some of their figures.
 *
 * @throws UsageError for an unknown field
 * @throws UnitError for an unknown unit or run, and where there is no community
 */
export async function listCommunities(
  connection: Connection,
  options: FigureListOptions = {},
): Promise<FigureListReport> {
  callGiven(connection, options);
  return listFigures(connection, options, "communities", ["community"]);
}

/**
 * Lists coverages with some of their figures; a region has the sums of its provinces' coverages.
 *
 * @throws UsageError for a level or a field that cannot be used
 * @throws UnitError for an unknown unit or run, and where there is no coverage
 */
export async function listCoverages(
  connection: Connection,
  options: CoverageListOptions = {},
): Promise<FigureListReport> {
  callGiven(connection, options);
  const { level = "municipality", scope = { kind: "all" } } = options;
  return listFigures(connection, options, "coverages", levelsOf(level, scope));
}

async function listFigures(
  connection: Connection,
  options: FigureListOptions,
  what: FigureListReport["what"],
  levels: readonly FigureLevel[],
): Promise<FigureListReport> {
  const started = performance.now();
  const { fields = shownFields(levels), ratios = false, archived = false, limit = Number.POSITIVE_INFINITY } = options;
  refuseUnknownFields(levels, fields);
  const order = orderOf(options.sort, levels);
  const columns = figureColumnsFor(levels, { fields, ratios, archived });
  return withSnapshot(connection, options, async (session) => {
    const source = await openFigures(session, options, levels);
    return withCountedRows(levels, source.rows, async (all): Promise<FigureListReport> => {
      if (source.changedSince === null) await refuseNoRows(session, source, all, what);
      const found: Array<{ key: UnitValue; cells: UnitValue[] }> = [];
      for (const rows of all) {
        for await (const row of rows) {
          if (order === null && found.length >= limit) continue;
          found.push({ key: order?.column.read(row) ?? null, cells: columns.map(({ read }) => read(row)) });
        }
      }
      if (order !== null) found.sort((left, right) => compared(left.key, right.key, order.isDescending));
      return {
        command: "figure-list",
        what,
        scope: summarizeScope(source.scope),
        changedSince: source.changedSince,
        asOf: source.asOf,
        columns: columns.map(({ name, kind }) => ({ name, kind })),
        rows: found.slice(0, limit).map(({ cells }) => cells),
        total: all.reduce((sum, { rows }) => sum + rows, 0),
        durationMs: performance.now() - started,
      };
    });
  });
}

/** The figures that are listed where nobody asks for others. */
const SHOWN = ["total_obc_communities", "estimated_obc_population", "households", "women_count"];

function shownFields(levels: readonly FigureLevel[]): string[] {
  return SHOWN.filter((field) => figureColumns(levels.at(-1) as FigureLevel).includes(field));
}

interface Order {
  column: FigureColumn;
  /** Whether the largest comes first. */
  isDescending: boolean;
}

/** @throws UsageError for a column that there is not */
function orderOf(sort: string | undefined, levels: readonly FigureLevel[]): Order | null {
  if (sort === undefined) return null;
  const name = sort.replace(/^-/, "");
  refuseUnknownFields(levels, [name]);
  const columns = figureColumnsFor(levels, { fields: [name], ratios: false, archived: false });
  const column = columns.find((candidate) => candidate.name === name) as FigureColumn;
  return { column, isDescending: sort.startsWith("-") };
}

/** Blank values come last in either direction. */
function compared(left: UnitValue, right: UnitValue, isDescending: boolean): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  return left < right === isDescending ? 1 : -1;
}
