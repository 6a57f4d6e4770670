import { InputError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import { readColumns } from "../../core/headings/file-columns.ts";
import type { ResolvedRow, ResolveReport } from "../../core/import/import-report.ts";
import { addPassed, noPassedRows } from "../../core/records/passed-rows.ts";
import type { ImportRow } from "../../core/rows/import-row.ts";
import { describePlace, type Placement } from "../../core/rows/placing/placement.ts";
import { placedInSheet } from "../../core/rows/sheet-rows.ts";
import type { Session } from "../../db/connection/session.ts";
import { type Connection, throwIfInterrupted, withSnapshot } from "../../db/transaction/transaction.ts";
import { withRegularFile } from "../../files/regular-file.ts";
import { pathGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import type { CommunityFileOptions, Opened } from "../shared/import/community-file.ts";
import { openCommunityFile } from "../shared/import/open-community-file.ts";
import { readingProgress } from "../shared/import/reading-progress.ts";
import { makeChecker } from "../shared/import/row-checks.ts";
import { type OperationOptions, sayNothing } from "../shared/options.ts";

export interface ResolveOptions extends CommunityFileOptions, OperationOptions {
  /** Minimum similarity, from 0 to 1, at which a misspelled name is accepted; by default none is. */
  acceptFuzzy?: number | null | undefined;
}

/** Findings that leave the place of a row open. */
const UNPLACED: ReadonlySet<string> = new Set(["row", "code", "place-ambiguous"]);

/** Bounds memory: every row is kept for the report. */
const MAX_ROWS = 1_000_000;

/** Shows the barangay of each row of a file; writes nothing. */
export async function resolveCommunities(connection: Connection, options: ResolveOptions): Promise<ResolveReport> {
  const started = performance.now();
  callGiven(connection, options);
  pathGiven("file", options.file);
  const resolution = await withRegularFile(options.file, options, (file) =>
    withSnapshot(connection, options, (session) => resolveRows(session, { ...options, file })),
  );
  const { rows } = resolution;
  const unresolvedRows = rows.filter(({ code }) => code === null).length;
  return {
    command: "resolve",
    file: options.file,
    ...resolution,
    resolved: rows.length - unresolvedRows,
    unresolved: unresolvedRows,
    durationMs: performance.now() - started,
  };
}

async function resolveRows(
  session: Session,
  options: Opened<ResolveOptions>,
): Promise<Pick<ResolveReport, "rows" | "ignoredColumns" | "headings" | "passedOver" | "sheets">> {
  const { file, acceptFuzzy = null, signal, progress = sayNothing } = options;
  const communities = await openCommunityFile(options);
  const { placer, sieve } = await makeChecker(session, communities, { ...options, acceptFuzzy, onConflict: "update" });
  const say = readingProgress(file.name, communities.position, progress);
  const rows: ResolvedRow[] = [];
  const passedOver = noPassedRows();
  const sheets = communities.sheets?.read ?? null;
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    for (const source of batch) {
      const sifted = sieve.sift(source, communities.header());
      if (sifted.passed !== null) {
        addPassed(passedOver, placedInSheet(sifted.passed, sheets));
        continue;
      }
      const row = sifted.parsed;
      const place = row.findings.find(({ kind = "" }) => UNPLACED.has(kind));
      if (rows.length >= MAX_ROWS) throw tooManyRows(file.name);
      const shown = place === undefined ? resolved(row, placer.place(row)) : unresolved(row, place);
      rows.push(placedInSheet(shown, sheets));
    }
    say(rows.length);
  }
  const { ignoredColumns, headings } = readColumns(communities.headers(), communities.isWorkbook);
  return { rows, ignoredColumns, headings, passedOver, sheets: communities.sheets };
}

function tooManyRows(file: string): InputError {
  return new InputError(
    `${file} has more than ${grouped(MAX_ROWS)} rows`,
    "Resolve a part of it, or check the whole file with: obc-sync import communities FILE --dry-run",
  );
}

function given({ code, names }: ImportRow): string {
  const { barangay, municipality, province, region } = names;
  return [code ?? "", barangay, municipality, province, region].filter((text) => text !== "").join(", ");
}

function resolved(row: ImportRow, placement: Placement): ResolvedRow {
  if (placement.kind === "refused") return unresolved(row, placement.finding);
  const { code, place, warning } = placement;
  return {
    row: row.row,
    given: given(row),
    code,
    place: place === null ? "" : describePlace(place),
    message: warning?.message ?? "",
    candidates: [],
  };
}

function unresolved(
  row: ImportRow,
  { message, candidates = [] }: Pick<ResolvedRow, "message"> & Partial<ResolvedRow>,
): ResolvedRow {
  return { row: row.row, given: given(row), code: null, place: "", message, candidates };
}
