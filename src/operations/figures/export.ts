import { DatabaseError, UsageError } from "../../core/errors.ts";
import { asOfNotes } from "../../core/figures/as-of.ts";
import type { ExportFormat, ExportReport } from "../../core/figures/export-report.ts";
import type { ExportTable } from "../../core/figures/export-table.ts";
import { figureColumnsFor, refuseUnknownFields } from "../../core/figures/figure-columns.ts";
import { type FigureLevel, type FigureRow, LEVEL_PLURALS } from "../../core/figures/figure-row.ts";
import { pointText } from "../../core/figures/point-in-time.ts";
import type { Session } from "../../db/connection/session.ts";
import { type Connection, withSnapshot } from "../../db/transaction/transaction.ts";
import { type GeometryOf, pointOf } from "../../files/out/geojson-export.ts";
import { type Draft, type ProtectedFile, withOutputFile } from "../../files/out/output-file.ts";
import { borderOf } from "../shared/figures/border-of.ts";
import { type CountedRows, withCountedRows } from "../shared/figures/counted-rows.ts";
import { exportFormat, refuseUnfitOptions, type TextSink, writeExport } from "../shared/figures/export-file.ts";
import { type FigureRequest, type LevelRequest, levelsOf, openFigures } from "../shared/figures/figure-source.ts";
import { readProvenance } from "../shared/figures/read-provenance.ts";
import { refuseNoRows } from "../shared/figures/refuse-no-rows.ts";
import { callGiven } from "../shared/given-options.ts";
import type { OperationOptions } from "../shared/options.ts";
import { databaseFiles } from "../shared/protected-files.ts";

export interface ExportOptions extends OperationOptions, FigureRequest {
  /** The file to write: .csv, .xlsx, .json, .ndjson or .geojson. */
  file?: string | undefined;
  /** Takes the text where there is no file. Resolves when it can take more; to false where nobody reads on. */
  write?: TextSink | undefined;
  /** By default as the name of the file ends; csv where there is no file. */
  format?: ExportFormat | undefined;
  /** Whether the file may replace one; false by default. Never the database. */
  overwrite?: boolean | undefined;
  /** The columns besides the names and codes of the places; all figures and texts by default. */
  fields?: readonly string[] | undefined;
  /** Adds household size, share of the barangay's population, women and dependency; false by default. */
  ratios?: boolean | undefined;
  /** Adds a row of HXL tags to csv and xlsx; false by default. */
  hxl?: boolean | undefined;
  /** Begins a csv with a byte order mark; false by default. */
  bom?: boolean | undefined;
  /** Adds lines that begin with # above the header of a csv; false by default. The other formats need no flag. */
  provenance?: boolean | undefined;
}

export interface CoverageExportOptions extends ExportOptions {
  /** Municipality by default. */
  level?: LevelRequest | undefined;
  /** GeoJSON or TopoJSON file with the borders of the units by PSGC code, for geojson. */
  boundaries?: string | undefined;
}

/**
 * Exports communities: one row for each, ordered by code, with the columns that an import reads. Reads one snapshot and
 * writes nothing to the database. Memory does not grow with the rows.
 *
 * @throws UsageError for a format, a field or a file that cannot be used
 * @throws UnitError for an unknown unit or run, and where there is no community
 */
export async function exportCommunities(connection: Connection, options: ExportOptions = {}): Promise<ExportReport> {
  callGiven(connection, options);
  return exportFigures(connection, options, {
    what: "communities",
    levels: ["community"],
    notes: [],
    inputs: [],
    geometryOf: () => pointOf,
  });
}

/**
 * Exports coverages: one row for each unit that has one, ordered by code. A region has the sums of its provinces' coverages.
 * Reads one snapshot and writes nothing to the database.
 *
 * @throws UsageError for a level, a format, a field or a file that cannot be used
 * @throws UnitError for an unknown unit or run, and where there is no coverage
 */
export async function exportCoverages(
  connection: Connection,
  options: CoverageExportOptions = {},
): Promise<ExportReport> {
  callGiven(connection, options);
  const { level = "municipality", scope = { kind: "all" }, boundaries } = options;
  const levels = levelsOf(level, scope);
  if (boundaries !== undefined && exportFormat(options.file, options.format) !== "geojson") {
    throw new UsageError("only GeoJSON has borders", "Leave out --boundaries, or give --output FILE.geojson.");
  }
  return exportFigures(connection, options, {
    what: "coverages",
    levels,
    notes: [
      "auto_sync is false for a manual coverage, whose figures a person maintains.",
      ...(levels.includes("region") ? ["The figures of a region are the sums of its provinces' coverages."] : []),
    ],
    inputs: boundaries === undefined ? [] : [{ path: boundaries, what: "the file of borders" }],
    geometryOf: () => {
      if (boundaries !== undefined) return borderOf(boundaries);
      throw new UsageError(
        "the database has no borders of municipalities, provinces and regions",
        "Give a GeoJSON or TopoJSON file that has them by PSGC code: --boundaries FILE. Communities have coordinates.",
      );
    },
  });
}

interface Subject {
  what: ExportReport["what"];
  /** From the top down. */
  levels: readonly FigureLevel[];
  notes: readonly string[];
  /** The files that are read, which the export may not replace. */
  inputs: readonly ProtectedFile[];
  geometryOf: () => GeometryOf;
}

async function exportFigures(connection: Connection, options: ExportOptions, subject: Subject): Promise<ExportReport> {
  const started = performance.now();
  const { file, overwrite = false, hxl = false, bom = false, provenance = false } = options;
  const format = exportFormat(file, options.format);
  const fileOptions = { format, hxl, bom, provenance };
  refuseUnfitOptions(fileOptions);
  if (format === "xlsx" && file === undefined) {
    throw new UsageError("a workbook cannot be written to standard output", "Give it a name: --output FILE.xlsx");
  }
  if (options.fields !== undefined) refuseUnknownFields(subject.levels, options.fields);
  const geometryOf = format === "geojson" ? subject.geometryOf() : () => null;
  const exportTo = (draft: Draft | null) =>
    inSnapshot(connection, options, draft, async (session) => {
      const source = await openFigures(session, options, subject.levels);
      return withCountedRows(subject.levels, source.rows, async (rows): Promise<Omit<ExportReport, "durationMs">> => {
        const title = titleOf(subject);
        if (source.changedSince === null) await refuseNoRows(session, source, rows, subject.what);
        const past = source.asOf === null ? [] : asOfNotes(source.asOf);
        const about = { what: title, filters: filtersOf(options), notes: [...past, ...subject.notes] };
        const provenance = await readProvenance(session, connection, source.scope, about);
        const table = tableOf(title, subject.levels, joined(rows), options);
        const sheets = rows.map((ofLevel) => tableOf(LEVEL_PLURALS[ofLevel.level], [ofLevel.level], ofLevel, options));
        const content = { table, sheets, provenance, geometryOf };
        const outcome = await writeExport(content, fileOptions, draft, options.write ?? refuseText);
        return {
          command: "export",
          what: subject.what,
          file: file ?? null,
          format,
          rows: rows.map(({ level, rows: count, manual, archived }) => ({ level, rows: count, manual, archived })),
          columns: table.columns.map(({ name }) => name),
          provenance,
          changedSince: source.changedSince,
          asOf: source.asOf,
          ...outcome,
        };
      });
    });
  const never = [...databaseFiles(connection), ...subject.inputs];
  const request = { path: file ?? "", flag: "--output", overwrite, never };
  const report = file === undefined ? await exportTo(null) : await withOutputFile(request, exportTo);
  return { ...report, durationMs: performance.now() - started };
}

/** Runs `work` on one snapshot. After a conflict it runs again, unless a part of its text is out already. */
function inSnapshot<T>(
  connection: Connection,
  options: ExportOptions,
  draft: Draft | null,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let hasBegun = false;
  return withSnapshot(connection, options, (session) => {
    if (hasBegun && draft === null) {
      throw new DatabaseError(
        "EXPORT_INCOMPLETE",
        "the database ended the export because of a conflict with another transaction",
        "What was written so far is incomplete. Run the command again, or write to a file with --output.",
      );
    }
    hasBegun = true;
    return work(session);
  });
}

function tableOf(
  title: string,
  levels: readonly FigureLevel[],
  rows: AsyncIterable<FigureRow>,
  { fields, ratios = false, archived = false }: ExportOptions,
): ExportTable {
  return { title, columns: figureColumnsFor(levels, { fields: fields ?? null, ratios, archived }), rows };
}

function titleOf({ what, levels }: Subject): string {
  return levels.length === 1 ? LEVEL_PLURALS[levels[0] as FigureLevel] : what;
}

/** What the rows were chosen by, besides the place. */
function filtersOf({ archived, changedSince, asOf, fields }: ExportOptions): string[] {
  return [
    ...(archived ? ["with archived"] : []),
    ...(changedSince === undefined ? [] : [`changed since ${pointText(changedSince)}`]),
    ...(asOf === undefined ? [] : [`as of ${pointText(asOf)}`]),
    ...(fields === undefined ? [] : [`fields ${fields.join(", ")}`]),
  ];
}

async function* joined(all: readonly CountedRows[]): AsyncGenerator<FigureRow> {
  for (const rows of all) yield* rows;
}

function refuseText(): never {
  throw new UsageError("the export has nowhere to go", "Give a file, or a function `write` that takes the text.");
}
