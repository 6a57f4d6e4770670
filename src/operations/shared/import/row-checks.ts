import type { UnitColumn } from "../../../core/headings/unit-headings.ts";
import type { BarangayIndex } from "../../../core/places/barangay-index.ts";
import { PlaceResolver } from "../../../core/places/place-resolver.ts";
import { addPassed } from "../../../core/records/passed-rows.ts";
import { MAX_BAD_ROWS } from "../../../core/rows/finding-log.ts";
import { NOT_AVAILABLE, type RowRules } from "../../../core/rows/import-row.ts";
import { RowPlacer } from "../../../core/rows/placing/row-placer.ts";
import { RowChecker } from "../../../core/rows/row-checker.ts";
import { placedInSheet, tableOfRow } from "../../../core/rows/sheet-rows.ts";
import { RowSieve } from "../../../core/rows/sifting/row-sieve.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readStoredIds, type StagedRow } from "../../../db/import/staging-store.ts";
import { readBarangayIndex, readPlaceDirectory } from "../../../db/places/place-directory-reader.ts";
import { geographyMissing } from "../../../db/places/psgc-codes.ts";
import { throwIfInterrupted } from "../../../db/transaction/transaction.ts";
import { loadBundledNames } from "../../../files/geography/bundled-geography.ts";
import { type OperationOptions, sayNothing } from "../options.ts";
import type { CommunityFile, CommunityFileOptions, Opened } from "./community-file.ts";
import { readingProgress } from "./reading-progress.ts";
import type { StagedFile } from "./staged-file.ts";

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
      for (const column in checked.around) staged.unitsAround.add(column as UnitColumn);
      const first = checked.position === -1 ? null : index.noteRow(checked.position, source.row);
      if (first !== null) staged.doubled.add(checked.position, checked.code, first, source.row);
      const doubled = first === null ? null : staged.doubled.findingOf(checked.position, source.row);
      const findings = doubled === null ? checked.findings : [...checked.findings, doubled];
      staged.rejects.add(findings);
      if (findings.length > 0) staged.rejectedTables.add(tableOfRow(source.row, sheets));
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
