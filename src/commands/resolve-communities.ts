import type { ResolvedRow, ResolveReport } from "../core/import/import-report.ts";
import type { ImportRow } from "../core/import/import-row.ts";
import { parseImportRow } from "../core/import/import-row.ts";
import { describe, type Placement } from "../core/import/row-placer.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { throwIfInterrupted, withSnapshot } from "../db/connection/transaction.ts";
import { openCommunityFile } from "./community-file.ts";
import type { CommandContext } from "./context.ts";
import { readingProgress } from "./reading-progress.ts";
import { makeChecker, type StagingOptions } from "./staged-file.ts";

/** Shows to which barangay each row of a file resolves; writes nothing. */
export async function resolveCommunities(options: StagingOptions, context: CommandContext): Promise<ResolveReport> {
  const started = performance.now();
  const { settings, signal, progress } = context;
  return withDatabase(parseDatabaseLocation(settings.database), "read", (database) =>
    withSnapshot(database, async (transaction) => {
      const communities = await openCommunityFile(options);
      const { placer } = await makeChecker(transaction, database.dialect, communities, {
        ...options,
        onConflict: "update",
      });
      const say = readingProgress(options.file, communities.position, progress);
      const rows: ResolvedRow[] = [];
      for await (const batch of communities.batches) {
        throwIfInterrupted(signal);
        for (const source of batch) {
          const row = parseImportRow(source, communities.header(), communities.mayBeShort);
          const place = row.findings.find(({ kind }) => kind === "row" || kind === "code");
          rows.push(place === undefined ? resolved(row, placer.place(row)) : unresolved(row, place));
        }
        say(rows.length);
      }
      const unresolvedRows = rows.filter(({ code }) => code === null).length;
      return {
        command: "resolve",
        file: options.file,
        rows,
        resolved: rows.length - unresolvedRows,
        unresolved: unresolvedRows,
        durationMs: performance.now() - started,
      };
    }),
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
    place: place === null ? "" : describe(place),
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
