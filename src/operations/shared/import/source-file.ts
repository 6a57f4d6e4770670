import { InputError } from "../../../core/errors.ts";
import { isField } from "../../../core/fields.ts";
import { readGeographyRow } from "../../../core/geography/geography-row.ts";
import { readColumns } from "../../../core/headings/file-columns.ts";
import { addPassed, noPassedRows } from "../../../core/records/passed-rows.ts";
import { describeRow, placedInSheet } from "../../../core/rows/sheet-rows.ts";
import type { Scope } from "../../../core/sync/scope.ts";
import type { MunicipalityFacts, UnitFacts, UnitFactsReceiver } from "../../../core/verify/drift.ts";
import {
  compareCoverages,
  comparePopulations,
  type SourceComparison,
  SourceTotals,
} from "../../../core/verify/source-comparison.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readStoredIds } from "../../../db/import/staging-store.ts";
import { hasPsgcCodes } from "../../../db/places/psgc-codes.ts";
import { withColumns } from "../../../db/transaction/base-tables.ts";
import { throwIfInterrupted } from "../../../db/transaction/transaction.ts";
import { readMunicipalityOfBarangay, readPopulations } from "../../../db/verify/population-reader.ts";
import { isPsgcDatafile, readPsgcDatafile } from "../../../files/geography/psgc-datafile.ts";
import { type OperationOptions, sayNothing } from "../options.ts";
import type { CommunityFileOptions, Opened } from "./community-file.ts";
import { openCommunityFile } from "./open-community-file.ts";
import { readingProgress } from "./reading-progress.ts";
import { makeChecker } from "./row-checks.ts";
import { locatorOf } from "./staged-file.ts";

/** Keeps the facts of all units, to compare them with the file after it has been read. */
export class SourceFacts implements UnitFactsReceiver {
  readonly municipalities: MunicipalityFacts[] = [];
  readonly provinces: UnitFacts[] = [];

  addMunicipality(facts: MunicipalityFacts): void {
    this.municipalities.push(facts);
  }

  addProvince(facts: UnitFacts): void {
    this.provinces.push(facts);
  }
}

/**
 * Compares the coverages with a file of communities, or the populations with PSA's publication datafile.
 *
 * @throws InputError if the file has bad rows, because the totals would not include them
 */
export async function compareSource(
  session: Session,
  scope: Scope,
  facts: SourceFacts,
  options: Opened<CommunityFileOptions>,
  context: OperationOptions,
): Promise<SourceComparison> {
  const { file } = options;
  if (!(await isPsgcDatafile(file))) return compareCommunities(session, scope, facts, options, context);
  context.progress?.(`Reading ${file.name}`);
  const { rows, columns } = await readPsgcDatafile(file);
  const published = new Map<string, number>();
  let count = 0;
  for (const row of rows) {
    count += 1;
    const unit = readGeographyRow(row, columns)?.unit ?? null;
    if (unit !== null && unit.population !== null) published.set(unit.code, unit.population);
  }
  if (!(await hasPsgcCodes(session))) {
    throw new InputError(
      `the places cannot be compared with ${file.name}: their PSGC codes are not known yet`,
      "Run: obc-sync import geography",
    );
  }
  const barangays = await readPopulations(session, scope);
  return {
    file: file.name,
    rows: count,
    ...comparePopulations(barangays, published),
    ...{ columns: {}, ignoredColumns: [], headings: [] },
    ...{ passedOver: null, source: null, sheets: null },
  };
}

async function compareCommunities(
  session: Session,
  scope: Scope,
  { municipalities, provinces }: SourceFacts,
  options: Opened<CommunityFileOptions>,
  { progress = sayNothing, signal }: OperationOptions,
): Promise<SourceComparison> {
  const { file } = options;
  const communities = await openCommunityFile(options);
  const { checker, index } = await makeChecker(await withColumns(session), communities, {
    ...options,
    acceptFuzzy: null,
    onConflict: "update",
  });
  const municipalityOf = await readMunicipalityOfBarangay(session);
  const storedIds = await readStoredIds(session);
  const fieldPositions = communities.columns.flatMap((column, position) =>
    isField(column) ? [{ column, position }] : [],
  );
  const totals = new SourceTotals(fieldPositions.map(({ column }) => column).filter(isField));
  const say = readingProgress(file.name, communities.position, progress);
  const passedOver = noPassedRows();
  const sheets = communities.sheets?.read ?? null;
  let rows = 0;
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    const header = communities.header();
    for (const source of batch) {
      const { position, findings, values, passed } = checker.check(source, header);
      if (passed !== null) {
        addPassed(passedOver, placedInSheet(passed, sheets));
        continue;
      }
      rows += 1;
      const [bad] = findings;
      if (bad !== undefined) {
        const { column, heading = column, message } = locatorOf(communities)(bad);
        throw badSource(file.name, describeRow(bad.row, sheets), `${heading}: ${message}`);
      }
      const first = index.noteRow(position, source.row);
      if (first !== null)
        throw badSource(
          file.name,
          describeRow(source.row, sheets),
          `row ${describeRow(first, sheets)} has the same barangay`,
        );
      // An import creates no community from a row without values.
      if (values.every((value) => value === null) && !storedIds.has(index.idAt(position))) continue;
      const municipalityId = municipalityOf.get(index.idAt(position)) as number;
      totals.add(
        municipalityId,
        fieldPositions.map((field) => values[field.position] as number | null),
      );
    }
    say(rows);
  }
  const compared = compareCoverages(municipalities, provinces, totals, scope.kind === "all");
  const read = readColumns(communities.headers(), communities.isWorkbook);
  const { sheets: chosen } = communities;
  return { file: file.name, rows, ...compared, ...read, passedOver, source: communities.source(), sheets: chosen };
}

function badSource(file: string, row: string, what: string): InputError {
  return new InputError(
    `${file}, row ${row}: ${what}`,
    "The source must have no bad rows. List them with: obc-sync import communities FILE --dry-run",
  );
}
