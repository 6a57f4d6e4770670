import { InputError } from "../../../core/errors.ts";
import { type FileColumn, fileColumns } from "../../../core/headings/file-columns.ts";
import type { ReadHeading } from "../../../core/headings/understood-headings.ts";
import type { ReadSheets } from "../../../core/import/import-report.ts";
import type { TableSource } from "../../../core/import/table-source.ts";
import type { BarangayIndex } from "../../../core/places/barangay-index.ts";
import { PlaceResolver } from "../../../core/places/place-resolver.ts";
import { addPassed, noPassedRows, type PassedRows } from "../../../core/records/passed-rows.ts";
import { DoubledRows } from "../../../core/rows/doubled-rows.ts";
import { FindingLog, MAX_BAD_ROWS } from "../../../core/rows/finding-log.ts";
import { NOT_AVAILABLE, type RowRules } from "../../../core/rows/import-row.ts";
import { locateFinding } from "../../../core/rows/locate-finding.ts";
import { RowPlacer } from "../../../core/rows/placing/row-placer.ts";
import { RowChecker } from "../../../core/rows/row-checker.ts";
import type { RowFinding } from "../../../core/rows/row-finding.ts";
import { describeRow, placedInSheet } from "../../../core/rows/sheet-rows.ts";
import { RowSieve } from "../../../core/rows/sifting/row-sieve.ts";
import type { Session } from "../../../db/connection/session.ts";
import {
  dropStaged,
  dropStagedWithoutValues,
  readStoredIds,
  type StagedRow,
  stageCommunities,
} from "../../../db/import/staging-store.ts";
import { readBarangayIndex, readPlaceDirectory } from "../../../db/places/place-directory-reader.ts";
import { geographyMissing } from "../../../db/places/psgc-codes.ts";
import { throwIfInterrupted } from "../../../db/transaction/transaction.ts";
import { loadBundledNames } from "../../../files/geography/bundled-geography.ts";
import { type OperationOptions, sayNothing } from "../options.ts";
import { type CommunityFile, type CommunityFileOptions, type Opened, openCommunityFile } from "./community-file.ts";
import { readingProgress } from "./reading-progress.ts";

export interface StagingOptions extends CommunityFileOptions {
  /** Minimum similarity, from 0 to 1, at which a misspelled name is accepted; null to accept none. */
  acceptFuzzy: number | null;
  /** What to do with communities that already exist. */
  onConflict: "update" | "skip" | "error";
  /** Stops reading after this many bad rows; null for MAX_BAD_ROWS. */
  maxErrors: number | null;
  /** Whether a row with a barangay but no value creates a community. */
  createEmpty: boolean;
}

/** The result of staging a file. */
export interface StagedFile {
  rows: number;
  /** Good rows, now in the staging table. */
  staged: number;
  /** Good rows without a value that would create a community; they are not staged. */
  withoutValues: number;
  columns: string[];
  /** The columns that were read, as the file names them. */
  fileColumns: Record<string, FileColumn>;
  rejects: FindingLog;
  warnings: FindingLog;
  doubled: DoubledRows;
  /** First rows of their barangays that are among the rejects already. */
  rejectedFirst: Set<number>;
  stoppedAtRow: number | null;
  /** Unknown columns of the file. */
  ignoredColumns: string[];
  /** Headings that are not the names of columns, and what they were read as. */
  headings: ReadHeading[];
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

/** Checks every row of a file and puts the good ones into the staging table. */
export async function stageFile(
  session: Session,
  options: Opened<StagingOptions>,
  context: OperationOptions,
): Promise<StagedFile> {
  const communities = await openCommunityFile(options);
  const { checker, index } = await makeChecker(session, communities, options);
  const staged = nothingStaged(communities, checker);
  const checked = checkRows(communities, index, staged, options, context);
  await stageCommunities(session, communities.columns, checked);
  if (staged.rows === 0) {
    throw new InputError(
      `${options.file.name} has a header but no rows`,
      "Nothing was imported. Check that it is the right file.",
    );
  }
  await leaveOutDoubled(session, staged);
  if (!options.createEmpty) {
    staged.withoutValues = await dropStagedWithoutValues(session, communities.columns);
    staged.staged -= staged.withoutValues;
  }
  const header = communities.header();
  const { columns, ignored, readAs } = header;
  const present = columns.filter((column) => column.index !== -1);
  if (communities.mayAddColumns) staged.columns = present.map(({ name }) => name);
  const read = { fileColumns: fileColumns(header, communities.isWorkbook), ignoredColumns: ignored, headings: readAs };
  return { ...staged, ...read };
}

/** The state before the first row is checked. */
export function nothingStaged(communities: CommunityFile, checker: StagedFile["checker"]): StagedFile {
  return {
    rows: 0,
    staged: 0,
    withoutValues: 0,
    columns: [...communities.columns],
    fileColumns: {},
    rejects: new FindingLog(),
    warnings: new FindingLog(),
    doubled: new DoubledRows((row) => describeRow(row, communities.sheets?.read ?? null)),
    rejectedFirst: new Set(),
    stoppedAtRow: null,
    ignoredColumns: [],
    headings: [],
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

async function leaveOutDoubled(session: Session, staged: StagedFile): Promise<void> {
  const firstRows = rejectFirstRows(staged);
  if (firstRows.length > 0) {
    staged.staged -= await dropStaged(
      session,
      firstRows.map(({ row }) => row),
    );
  }
}

/** Rejects the first row of each barangay that has several, which is known only after the last row. */
export function rejectFirstRows(staged: StagedFile): RowFinding[] {
  const firstRows = staged.doubled.firstFindings();
  for (const finding of firstRows) {
    if (staged.rejectedFirst.has(finding.row)) staged.rejects.addTo(finding);
    else staged.rejects.add([finding]);
  }
  staged.rejects.kept.sort((left, right) => left.row - right.row);
  return firstRows;
}

/**
 * Makes the checker of rows. The names of all 42,011 barangays are loaded only if the file may use names.
 *
 * @throws DatabaseError if the database has no barangays
 */
export async function makeChecker(
  session: Session,
  communities: CommunityFile,
  {
    acceptFuzzy,
    onConflict,
    skipTotals = true,
    notAvailable = NOT_AVAILABLE,
  }: Pick<StagingOptions, "acceptFuzzy" | "onConflict" | "skipTotals" | "notAvailable">,
): Promise<{ checker: RowChecker; index: BarangayIndex; placer: RowPlacer; sieve: RowSieve }> {
  const { schema } = session;
  const { nameIndexes } = communities.header();
  // Later rows of NDJSON may have names, and nothing can be read while rows are being staged.
  const withNames = communities.mayAddColumns || Object.values(nameIndexes).some((index) => index !== -1);
  const index = await readBarangayIndex(session);
  if (index.size === 0) throw geographyMissing(session);
  const resolver = withNames ? new PlaceResolver(await readPlaceDirectory(session)) : null;
  const psgcName = schema.codes === "own" && index.hasPsgcCodes ? await loadBundledNames() : null;
  const placer = new RowPlacer(index, resolver, acceptFuzzy, psgcName);
  const storedIds = onConflict === "error" ? await readStoredIds(session) : null;
  const rules: RowRules = {
    ...{ mayBeShort: communities.mayBeShort, codes: schema.codes, texts: schema.texts },
    notAvailable: new Set(notAvailable.map((text) => text.trim().toLowerCase())),
  };
  const sieve = new RowSieve({ rules, placer, skipsTotals: skipTotals });
  const checker = new RowChecker({ index, placer, sieve, storedIds });
  return { checker, index, placer, sieve };
}

/** Passes on the good rows. Counts all rows, and collects the errors of the bad ones, in `staged`. */
export async function* checkRows(
  communities: CommunityFile,
  index: BarangayIndex,
  staged: StagedFile,
  { file, maxErrors }: Pick<Opened<StagingOptions>, "file" | "maxErrors">,
  { progress = sayNothing, signal }: OperationOptions,
): AsyncGenerator<StagedRow[]> {
  const report = readingProgress(file.name, communities.position, progress);
  const sheets = communities.sheets?.read ?? null;
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    const header = communities.header();
    const good: StagedRow[] = [];
    for (const source of batch) {
      const checked = staged.checker.check(source, header);
      if (checked.passed !== null) {
        addPassed(staged.passedOver, placedInSheet(checked.passed, sheets));
        staged.warnings.add(checked.warnings);
        continue;
      }
      staged.rows += 1;
      const first = checked.position === -1 ? null : index.noteRow(checked.position, source.row);
      if (first !== null) staged.doubled.add(checked.position, checked.code, first, source.row);
      const doubled = first === null ? null : staged.doubled.findingOf(checked.position, source.row);
      const findings = doubled === null ? checked.findings : [...checked.findings, doubled];
      staged.rejects.add(findings);
      if (first === null && checked.position !== -1 && findings.length > 0) staged.rejectedFirst.add(source.row);
      if (findings.length === 0) {
        staged.warnings.add(checked.warnings);
        good.push({ row: source.row, barangayId: index.idAt(checked.position), values: checked.values });
      }
      if (staged.rejects.rows >= Math.min(maxErrors ?? MAX_BAD_ROWS, MAX_BAD_ROWS)) {
        staged.stoppedAtRow = source.row;
        break;
      }
    }
    staged.staged += good.length;
    report(staged.rows);
    yield good;
    if (staged.stoppedAtRow !== null) return;
  }
  staged.warnings.add(staged.checker.finish());
}
