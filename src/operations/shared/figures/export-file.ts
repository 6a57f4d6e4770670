import { UsageError } from "../../../core/errors.ts";
import { EXPORT_FORMATS, type ExportFormat, type ExportReport } from "../../../core/figures/export-report.ts";
import type { ExportLosses, ExportTable } from "../../../core/figures/export-table.ts";
import { type FigureRow, placeColumns } from "../../../core/figures/figure-row.ts";
import type { Provenance } from "../../../core/figures/provenance.ts";
import { FORMAT_VERSION } from "../../../core/report.ts";
import { csvExport } from "../../../files/out/csv-export.ts";
import { type GeometryOf, geojsonExport } from "../../../files/out/geojson-export.ts";
import { jsonExport, ndjsonExport } from "../../../files/out/json-export.ts";
import type { Draft } from "../../../files/out/output-file.ts";
import { writeChunks } from "../../../files/out/write-chunks.ts";

/** How to write an export. */
export interface ExportFileOptions {
  format: ExportFormat;
  hxl: boolean;
  bom: boolean;
  /** Whether a csv says where its rows come from. */
  provenance: boolean;
}

/** Takes text in pieces. Resolves when it can take more; to false where nobody reads on. */
export type TextSink = (text: string) => Promise<boolean>;

/** What to write: all rows as one table, and the same rows as one table for each level, of which one is read. */
export interface ExportContent {
  table: ExportTable;
  sheets: readonly ExportTable[];
  provenance: Provenance;
  geometryOf: GeometryOf;
}

export type ExportOutcome = Pick<ExportReport, "withoutGeometry" | "escapedTexts" | "cutTexts" | "stoppedEarly">;

/**
 * The format that is asked for, or that the name of the file has.
 *
 * @throws UsageError for a name or a format that says none
 */
export function exportFormat(file: string | undefined, format: string | undefined): ExportFormat {
  if (format !== undefined) {
    const known = EXPORT_FORMATS.find((name) => name === format);
    if (known !== undefined) return known;
    throw new UsageError(`unknown format "${format}"`, `The formats are: ${EXPORT_FORMATS.join(", ")}`);
  }
  if (file === undefined) return "csv";
  const extension = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase();
  const known = EXPORT_FORMATS.find((name) => name === (extension === "jsonl" ? "ndjson" : extension));
  if (known !== undefined) return known;
  throw new UsageError(
    `--output ${file} does not end in ${EXPORT_FORMATS.map((name) => `.${name}`).join(", ")}`,
    "Give the file such a name, or the format: --format csv",
  );
}

/** @throws UsageError for an option that the format has no use for */
export function refuseUnfitOptions({ format, hxl, bom, provenance }: ExportFileOptions): void {
  const unfit = [
    { flag: "--hxl", isGiven: hxl, fits: ["csv", "xlsx"] },
    { flag: "--bom", isGiven: bom, fits: ["csv"] },
    { flag: "--provenance", isGiven: provenance, fits: ["csv"] },
  ].find(({ isGiven, fits }) => isGiven && !fits.includes(format));
  if (unfit === undefined) return;
  const always = format === "ndjson" ? "" : ` ${format} says where its rows come from anyway.`;
  throw new UsageError(
    `${unfit.flag} has no meaning in the format ${format}`,
    `Leave it out, or export as ${unfit.fits.join(" or ")}.${unfit.flag === "--provenance" ? always : ""}`,
  );
}

/** Writes the rows to a draft, or else to the sink. A workbook must have a draft. */
export async function writeExport(
  { table, sheets, provenance, geometryOf }: ExportContent,
  { format, ...options }: ExportFileOptions,
  draft: Draft | null,
  sink: TextSink,
): Promise<ExportOutcome> {
  const losses: ExportLosses = { escaped: 0, cut: 0 };
  const withoutGeometry: ExportOutcome["withoutGeometry"] = [];
  let stoppedEarly = false;
  if (format === "xlsx") {
    // Loaded on demand, as the reader of workbooks is.
    const { xlsxExport } = await import("../../../files/out/workbook/xlsx-export.ts");
    await xlsxExport(draft as Draft, sheets, { hxl: options.hxl, provenance, losses });
  } else {
    const texts = {
      csv: () => csvExport(table, { ...options, provenance: options.provenance ? provenance : null, losses }),
      json: () => jsonExport(table, { formatVersion: FORMAT_VERSION, provenance }),
      ndjson: () => ndjsonExport(table),
      geojson: () => geojsonExport(table, provenance, geometryOf, (row) => withoutGeometry.push(unitOf(row))),
    }[format]();
    if (draft !== null) await writeChunks(draft, texts);
    else stoppedEarly = !(await passOn(texts, sink));
  }
  return { withoutGeometry, escapedTexts: losses.escaped, cutTexts: losses.cut, stoppedEarly };
}

/** Returns whether the sink took everything. */
async function passOn(texts: AsyncIterable<string>, sink: TextSink): Promise<boolean> {
  for await (const text of texts) if (!(await sink(text))) return false;
  return true;
}

function unitOf({ level, values }: FigureRow): { code: string; name: string } {
  const names = placeColumns(level);
  const [name = "", code = ""] = [names[names.length / 2 - 1], names.at(-1)];
  return { code: String(values[code]), name: String(values[name]) };
}
