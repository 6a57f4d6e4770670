import { InputError } from "../../../core/errors.ts";
import type { ImportHeader } from "../../../core/headings/import-header.ts";
import type { UnitColumn } from "../../../core/headings/unit-headings.ts";
import { noPassedRows, type PassedRows } from "../../../core/records/passed-rows.ts";
import type { ReadColumns, ReadSheets } from "../../../core/records/read-columns.ts";
import type { TableSource } from "../../../core/records/table-source.ts";
import { DoubledRows } from "../../../core/rows/doubled-rows.ts";
import { FindingLog } from "../../../core/rows/finding-log.ts";
import { locateFinding } from "../../../core/rows/locate-finding.ts";
import type { RowChecker } from "../../../core/rows/row-checker.ts";
import type { RowFinding } from "../../../core/rows/row-finding.ts";
import { describeRow, tableOfRow } from "../../../core/rows/sheet-rows.ts";
import type { InputFile } from "../../../files/open-file.ts";
import type { CommunityFile } from "./community-file.ts";

/** The result of staging a file. */
export interface StagedFile {
  rows: number;
  /** Good rows, now in the staging table. */
  staged: number;
  /** Good rows without a value that would create a community; they are not staged. */
  withoutValues: number;
  columns: string[];
  /** What was made of the headings. */
  read: ReadColumns;
  rejects: FindingLog;
  warnings: FindingLog;
  doubled: DoubledRows;
  /** First rows of their barangays that are among the rejects already. */
  rejectedFirst: Set<number>;
  /** Indexes of the tables that have bad rows: of sheets, where several are read. */
  rejectedTables: Set<number>;
  /** The headers of the tables. */
  headers: readonly ImportHeader[];
  /** Units that the rows got from headings between them, a title or the name of their sheet. */
  unitsAround: Set<UnitColumn>;
  stoppedAtRow: number | null;
  /** Totals, notes and the like, which are none of the rows. */
  passedOver: PassedRows;
  /** What the file was read as. */
  source: TableSource;
  /** The sheets that were read, where several may be. */
  sheets: ReadSheets | null;
  /** Adds the file's own heading and the cell to a finding. */
  locate: (finding: RowFinding) => RowFinding;
  /** Checks one row; used again to write the rejects. */
  checker: Pick<RowChecker, "check" | "startOver" | "finish">;
}

/** The state before the first row is checked. */
export function nothingStaged(communities: CommunityFile, checker: StagedFile["checker"]): StagedFile {
  return {
    rows: 0,
    staged: 0,
    withoutValues: 0,
    columns: [...communities.columns],
    read: { columns: {}, ignoredColumns: [], headings: [] },
    rejects: new FindingLog(),
    warnings: new FindingLog(),
    doubled: new DoubledRows((row) => describeRow(row, communities.sheets?.read ?? null)),
    rejectedFirst: new Set(),
    rejectedTables: new Set(),
    headers: communities.headers(),
    unitsAround: new Set(),
    stoppedAtRow: null,
    passedOver: noPassedRows(),
    sheets: communities.sheets,
    locate: locatorOf(communities),
    source: communities.source(),
    checker,
  };
}

/** A function that adds to a finding where it is in the file. */
export function locatorOf({ headerOf, sheets, mayBeShort, mayAddColumns }: CommunityFile) {
  // Of the tables that have a header, only those of workbooks may have short rows.
  const table = { isWorkbook: mayBeShort && !mayAddColumns, sheets: sheets?.read ?? null };
  return (finding: RowFinding): RowFinding => locateFinding(finding, headerOf, table);
}

/** @throws InputError where the file has no communities */
export function refuseWithoutRows({ rows }: Pick<StagedFile, "rows">, { name }: InputFile): void {
  if (rows > 0) return;
  throw new InputError(`${name} has a header but no rows`, "Nothing was imported. Check that it is the right file.");
}

/** Rejects the first row of each barangay that has several, which is known only after the last row. */
export function rejectFirstRows(staged: StagedFile): RowFinding[] {
  const firstRows = staged.doubled.firstFindings();
  for (const finding of firstRows) {
    if (staged.rejectedFirst.has(finding.row)) staged.rejects.addTo(finding);
    else staged.rejects.add([finding]);
    staged.rejectedTables.add(tableOfRow(finding.row, staged.sheets?.read ?? null));
  }
  staged.rejects.kept.sort((left, right) => left.row - right.row);
  return firstRows;
}
