import { InputError } from "../../../core/errors.ts";
import { hasBarangayHeading, hasHeader } from "../../../core/headings/find-header.ts";
import type { ColumnMapping } from "../../../core/headings/import-columns.ts";
import { type ImportHeader, withColumns } from "../../../core/headings/import-header.ts";
import { refuseUnmatched } from "../../../core/headings/unknown/refused-headings.ts";
import { COMMUNITY_COLUMNS } from "../../../core/records/community.ts";
import type { ReadSheets } from "../../../core/records/read-columns.ts";
import type { TableSource } from "../../../core/records/table-source.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import { MAX_SHEETS, ROWS_OF_A_SHEET } from "../../../core/rows/sheet-rows.ts";
import { listSheets, READ_AS_IT_IS } from "../../../files/table-reader.ts";
import type { CommunityFile, CommunityFileOptions, Opened } from "./community-file.ts";
import { openTable } from "./community-table.ts";
import { readFirstRows } from "./first-rows.ts";

/**
 * Opens all sheets of a workbook that are not hidden and have a heading for the barangay, one after the other.
 *
 * @throws InputError if there is none, or the header of one is invalid
 */
export async function openSheets(options: Opened<CommunityFileOptions>): Promise<CommunityFile> {
  const { file } = options;
  const onSheet = optionsOnSheet(options);
  const sheets = await chooseSheets(options);
  if (sheets.read.length === 0 || sheets.read.length > MAX_SHEETS) throw unreadableSheets(file.name, sheets);
  const headers: ImportHeader[] = [];
  let source: TableSource | null = null;
  for (const name of sheets.read) {
    const opened = await openTable(onSheet(name), name);
    await opened.batches.return(undefined);
    headers.push(opened.header());
    source = opened.source();
  }
  refuseUnmatched(
    headers.flatMap(({ headings }) => headings),
    options.mapping ?? new Map(),
    file.name,
  );
  const present = new Set(headers.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const columns = COMMUNITY_COLUMNS.filter((name) => present.has(name));
  const aligned = headers.map((header) => withColumns(header, columns));
  let current = aligned[0] as ImportHeader;
  async function* batches(): AsyncGenerator<SourceRow[]> {
    for (const [index, name] of sheets.read.entries()) {
      const { batches: own } = await openTable(onSheet(name), name);
      current = aligned[index] as ImportHeader;
      for await (const batch of own) yield batch.map((row) => ({ ...row, row: row.row + index * ROWS_OF_A_SHEET }));
    }
  }
  const several: TableSource = { ...(source as TableSource), sheet: null };
  return {
    header: () => current,
    headers: () => aligned,
    headerOf: (row) => aligned[Math.floor(row / ROWS_OF_A_SHEET)] ?? current,
    ...{ sheets, columns, batches: batches(), mayBeShort: true, mayAddColumns: false },
    isWorkbook: true,
    source: () => several,
    position: () => ({ read: 0, size: null }),
  };
}

/** Which sheets to read, and why not the others. */
export async function chooseSheets(options: Opened<CommunityFileOptions>): Promise<ReadSheets> {
  const onSheet = optionsOnSheet(options);
  const { mapping = new Map() } = options;
  const sheets: ReadSheets = { read: [], passedOver: [] };
  for (const { name, hidden } of await listSheets(options.file)) {
    const { rows } = hidden ? { rows: [] } : await readFirstRows(onSheet(name));
    const isUnknown = hasBarangayHeading(rows, mapping);
    const why = hidden ? "hidden" : isUnknown ? "no known heading but the barangay's" : "no heading for the barangay";
    if (!hidden && hasHeader(rows, mapping)) sheets.read.push(name);
    else sheets.passedOver.push({ name, why });
  }
  return sheets;
}

/** The options for one of the sheets. It may lack a heading that is mapped, if another one has it. */
export function optionsOnSheet(options: Opened<CommunityFileOptions>) {
  const { table = READ_AS_IT_IS, mapping = new Map() as ColumnMapping } = options;
  const optional = new Map([...mapping].map(([squeezed, mapped]) => [squeezed, { ...mapped, optional: true }]));
  return (sheet: string) => ({ ...options, mapping: optional, table: { ...table, sheet } });
}

function unreadableSheets(file: string, { read }: ReadSheets): InputError {
  return read.length === 0
    ? new InputError(`${file} has no sheet with a heading for the barangay`, "Check that it is the right file.")
    : new InputError(`${file} has more than ${MAX_SHEETS} sheets`, "Divide the workbook.");
}
