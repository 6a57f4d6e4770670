import { DatabaseError, InputError, UsageError } from "../../core/errors.ts";
import { type ImportHeader, readImportHeader, readKeys } from "../../core/headings/import-header.ts";
import { ColumnProfiler } from "../../core/import/column-profile.ts";
import type { InspectReport } from "../../core/import/inspect-report.ts";
import { noPassedRows } from "../../core/records/passed-rows.ts";
import { NOT_AVAILABLE, parseImportRow, type SourceRow } from "../../core/rows/import-row.ts";
import { nativeSchema } from "../../db/schema/native.ts";
import { withColumns } from "../../db/transaction/base-tables.ts";
import { type Connection, throwIfInterrupted, withSnapshot } from "../../db/transaction/transaction.ts";
import type { InputFile } from "../../files/open-file.ts";
import { withRegularFile } from "../../files/regular-file.ts";
import { READ_AS_IT_IS, readTable } from "../../files/table-reader.ts";
import { pathGiven } from "../shared/given-arguments.ts";
import { callGiven, optionsGiven } from "../shared/given-options.ts";
import {
  type CommunityFile,
  type CommunityFileOptions,
  type Opened,
  openCommunityFile,
} from "../shared/import/community-file.ts";
import { readingProgress } from "../shared/import/reading-progress.ts";
import {
  checkRows,
  makeChecker,
  nothingStaged,
  rejectFirstRows,
  type StagedFile,
} from "../shared/import/staged-file.ts";
import { type OperationOptions, sayNothing } from "../shared/options.ts";

export interface InspectOptions extends CommunityFileOptions, OperationOptions {
  /** Without a connection: why there is none, for the report. */
  noDatabase?: string | undefined;
}

type Inspection = Omit<InspectReport, "command" | "file" | "durationMs">;

/** Rows and cells of a file without a header that are shown. */
const PREVIEW = { rows: 5, cells: 20 };

/**
 * Reads a file of communities as an import does, and writes nothing.
 *
 * @param connection null, or a database that cannot be read: then the barangays are not checked
 * @throws InputError if the file cannot be read; what an import would refuse it for is in the report
 */
export async function inspectFile(connection: Connection | null, options: InspectOptions): Promise<InspectReport> {
  const started = performance.now();
  if (connection === null) optionsGiven(options);
  else callGiven(connection, options);
  pathGiven("file", options.file);
  if (options.allSheets === true) {
    throw new UsageError("inspect reads one sheet at a time", "Give it with --sheet NAME instead of --all-sheets.");
  }
  const inspection = await withRegularFile(options.file, options, (file) =>
    inspectOn(connection, { ...options, file }),
  );
  return { command: "inspect", file: options.file, ...inspection, durationMs: performance.now() - started };
}

async function inspectOn(connection: Connection | null, options: Opened<InspectOptions>): Promise<Inspection> {
  const withoutPlaces = (reason: string) =>
    inspectTable(options, reason, async (communities, observed) => {
      const staged = nothingStaged(communities, observed(cellChecker(communities, options)));
      await checkCells(communities, staged, options);
      return staged;
    });
  if (connection === null) return withoutPlaces(options.noDatabase ?? "no database was given");
  try {
    return await withSnapshot(connection, options, (session) =>
      inspectTable(options, null, async (communities, observed) => {
        const rules = { ...options, acceptFuzzy: null, onConflict: "update" } as const;
        const { checker, index } = await makeChecker(await withColumns(session), communities, rules);
        const staged = nothingStaged(communities, observed(checker));
        for await (const good of checkRows(
          communities,
          index,
          staged,
          { file: options.file, maxErrors: null },
          options,
        )) {
          staged.withoutValues += good.filter(({ values }) => values.every((value) => value === null)).length;
        }
        rejectFirstRows(staged);
        return staged;
      }),
    );
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return withoutPlaces(error.message);
  }
}

type Checker = StagedFile["checker"];

/** Checks all rows with a checker that it passes through `observed`. */
type Check = (communities: CommunityFile, observed: (checker: Checker) => Checker) => Promise<StagedFile>;

/** Profiles the columns of the communities that `check` finds: a total is none of them. */
async function inspectTable(
  options: Opened<InspectOptions>,
  placesUnchecked: string | null,
  check: Check,
): Promise<Inspection> {
  const opened = await openedOrRefused(options);
  if (opened instanceof InputError) return withoutHeader(options, opened, placesUnchecked);
  const profiler = new ColumnProfiler();
  const seen = { firstRow: null as number | null, lastRow: null as number | null };
  const observed = (checker: Checker): Checker => ({
    startOver: () => checker.startOver(),
    finish: () => checker.finish(),
    check: (source, header) => {
      const checked = checker.check(source, header);
      if (checked.passed !== null) return checked;
      profiler.add(source, header);
      seen.firstRow ??= source.row;
      seen.lastRow = source.row;
      return checked;
    },
  });
  const { rejects, warnings, rows, withoutValues, passedOver, locate } = await check(opened, observed);
  const header = opened.header();
  return {
    source: opened.source(),
    headerRow: header.row,
    columns: profiler.profiles(header),
    rows,
    ...seen,
    withoutValues,
    passedOver,
    problems: problemsOf(header, options),
    preview: [],
    rejected: rejects.rows,
    rejects: rejects.kept.map(locate),
    rejectKinds: rejects.kinds,
    warnings: warnings.kept.map(locate),
    warningKinds: warnings.kinds,
    placesUnchecked,
  };
}

/** The file with its unknown columns ignored, or the reason why an import refuses it even so. */
async function openedOrRefused(options: Opened<InspectOptions>): Promise<CommunityFile | InputError> {
  try {
    return await openCommunityFile({ ...options, ignoreUnknown: true });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** @throws InputError, the refusal, where not even the rows can be read */
async function withoutHeader(
  { file, table = READ_AS_IT_IS }: Opened<InspectOptions>,
  refusal: InputError,
  placesUnchecked: string | null,
): Promise<Inspection> {
  const { batches, source } = await readTable(file, table);
  const { value } = await batches.next();
  await batches.return(undefined);
  const first: SourceRow[] = value ?? [];
  if (first.length === 0) throw refusal;
  return {
    source: source(),
    headerRow: null,
    columns: [],
    ...{ rows: 0, firstRow: null, lastRow: null, withoutValues: 0, passedOver: noPassedRows() },
    problems: [{ message: refusal.message, hint: refusal.hint }],
    preview: first.slice(0, PREVIEW.rows).map(({ row, cells }) => ({ row, cells: cells.slice(0, PREVIEW.cells) })),
    ...{ rejected: 0, rejects: [], rejectKinds: {}, warnings: [], warningKinds: {} },
    placesUnchecked,
  };
}

/** Why an import refuses a header that can be read: it has unknown columns. */
function problemsOf(
  { row, headings }: ImportHeader,
  { file, mapping = new Map(), ignoreUnknown = false }: Opened<InspectOptions>,
): Inspection["problems"] {
  const options = { file: file.name, mapping, ignoreUnknown };
  try {
    if (row === 0) readKeys(headings, options);
    else readImportHeader(headings, row, options);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [{ message: error.message, hint: error.hint }];
  }
}

/** Checks only what a row says by itself. */
function cellChecker(
  { mayBeShort }: CommunityFile,
  { notAvailable = NOT_AVAILABLE }: Pick<InspectOptions, "notAvailable">,
): Checker {
  const { codes, texts } = nativeSchema;
  const rules = {
    mayBeShort,
    codes,
    texts,
    notAvailable: new Set(notAvailable.map((text) => text.trim().toLowerCase())),
  };
  return {
    startOver() {},
    finish: () => [],
    check(source, header) {
      const { row, code, values, findings } = parseImportRow(source, header, rules);
      return { row, position: -1, code: code ?? "", values, findings, warnings: [], passed: null };
    },
  };
}

async function checkCells(
  communities: CommunityFile,
  staged: StagedFile,
  { file, progress = sayNothing, signal }: { file: InputFile } & OperationOptions,
): Promise<void> {
  const say = readingProgress(file.name, communities.position, progress);
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    for (const source of batch) {
      const { findings, values } = staged.checker.check(source, communities.header());
      staged.rows += 1;
      staged.rejects.add(findings);
      if (findings.length === 0 && values.every((value) => value === null)) staged.withoutValues += 1;
    }
    say(staged.rows);
  }
}
