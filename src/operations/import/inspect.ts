import { DatabaseError, InputError } from "../../core/errors.ts";
import type { InspectedTable, InspectReport } from "../../core/import/inspect-report.ts";
import type { Session } from "../../db/connection/session.ts";
import { withColumns } from "../../db/transaction/base-tables.ts";
import { type Connection, withSnapshot } from "../../db/transaction/transaction.ts";
import { withRegularFile } from "../../files/regular-file.ts";
import type { CommunityFile, CommunityFileOptions, Opened } from "../shared/import/community-file.ts";
import { checkRows, makeChecker } from "../shared/import/row-checks.ts";
import { nothingStaged, rejectFirstRows, type StagedFile } from "../shared/import/staged-file.ts";
import type { OperationOptions } from "../shared/options.ts";
import { cellChecker, checkCells } from "./inspect/check-cells.ts";
import { type Inspection, openInspected, previewOf, problemsOf, refusedOr } from "./inspect/refused-file.ts";
import { TableProfiles } from "./inspect/table-profiles.ts";

export interface InspectOptions extends CommunityFileOptions, OperationOptions {
  /** Without a connection: why there is none, for the report. */
  noDatabase?: string | undefined;
}

/**
 * Reads a file of communities as an import does, and writes nothing.
 *
 * @param connection null, or a database that cannot be read: then the barangays are not checked
 * @throws InputError if the file cannot be read; what an import would refuse it for is in the report
 */
export async function inspectFile(connection: Connection | null, options: InspectOptions): Promise<InspectReport> {
  const started = performance.now();
  const inspection = await withRegularFile(options.file, options, (file) =>
    inspectOn(connection, { ...options, file }),
  );
  return { command: "inspect", file: options.file, ...inspection, durationMs: performance.now() - started };
}

async function inspectOn(connection: Connection | null, options: Opened<InspectOptions>): Promise<Inspection> {
  const withoutPlaces = (reason: string) =>
    inspectTables(options, reason, async (communities, profiles) => {
      const staged = nothingStaged(communities, profiles.observing(cellChecker(communities, options)));
      await checkCells(communities, staged, options);
      return staged;
    });
  if (connection === null) return withoutPlaces(options.noDatabase ?? "no database was given");
  try {
    return await withSnapshot(connection, options, (session) =>
      inspectTables(options, null, (communities, profiles) => checkPlaces(session, communities, profiles, options)),
    );
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return withoutPlaces(error.message);
  }
}

/** Checks all rows as an import does, and stages none. */
async function checkPlaces(
  session: Session,
  communities: CommunityFile,
  profiles: TableProfiles,
  options: Opened<InspectOptions>,
): Promise<StagedFile> {
  const rules = { ...options, acceptFuzzy: null, onConflict: "update" } as const;
  const { checker, index } = await makeChecker(await withColumns(session), communities, rules);
  const staged = nothingStaged(communities, profiles.observing(checker));
  const limits = { file: options.file, maxErrors: null };
  for await (const good of checkRows(communities, index, staged, limits, options)) {
    staged.withoutValues += good.filter(({ values }) => values.every((value) => value === null)).length;
  }
  rejectFirstRows(staged);
  return staged;
}

async function inspectTables(
  options: Opened<InspectOptions>,
  placesUnchecked: string | null,
  check: (communities: CommunityFile, profiles: TableProfiles) => Promise<StagedFile>,
): Promise<Inspection> {
  const communities = await openInspected(options);
  if (communities instanceof InputError) return previewOf(options, communities, placesUnchecked);
  const profiles = new TableProfiles(communities);
  const staged = await refusedOr(() => check(communities, profiles));
  if (staged instanceof InputError) return previewOf(options, staged, placesUnchecked);
  const { rejects, warnings, rows, withoutValues, passedOver, locate } = staged;
  const { sheets } = communities;
  const tables = profiles.tables();
  const only = sheets === null ? (tables[0] as InspectedTable) : SEVERAL;
  return {
    source: communities.source(),
    sheets,
    tables: sheets === null ? [] : tables.map((table, index) => ({ sheet: sheets.read[index] ?? "", ...table })),
    ...only,
    rows,
    ...{ withoutValues, passedOver, preview: [] },
    problems: await problemsOf(communities, staged, options),
    rejected: rejects.rows,
    rejects: rejects.kept.map(locate),
    rejectKinds: rejects.kinds,
    warnings: warnings.kept.map(locate),
    warningKinds: warnings.kinds,
    placesUnchecked,
  };
}

const SEVERAL: InspectedTable = { headerRow: null, columns: [], rows: 0, firstRow: null, lastRow: null };
