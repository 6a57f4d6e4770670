import { UsageError } from "../core/errors.ts";
import { CODE_COLUMN, NAME_COLUMNS } from "../core/import/import-columns.ts";
import type { TemplateReport } from "../core/import/import-report.ts";
import { COMMUNITY_COLUMNS } from "../core/records/community.ts";
import type { ScopeRequest } from "../core/sync/scope.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { withSnapshot } from "../db/connection/transaction.ts";
import { readScopePlaces } from "../db/places/place-directory-reader.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { writeCsv } from "../files/out/csv-writer.ts";
import { writeXlsx } from "../files/out/xlsx-writer.ts";
import type { CommandContext } from "./context.ts";

const HEADER = [...NAME_COLUMNS, CODE_COLUMN, ...COMMUNITY_COLUMNS];

/** Writes an empty communities file with the right header, and the barangays of a scope filled in. */
export async function writeTemplate(
  file: string,
  scope: ScopeRequest,
  context: CommandContext,
): Promise<TemplateReport> {
  const isWorkbook = /\.xlsx$/i.test(file);
  if (!isWorkbook && !/\.csv$/i.test(file)) {
    throw new UsageError(`--template ${file} is neither .csv nor .xlsx`, "For example: --template communities.xlsx");
  }
  const places = scope.kind === "all" ? [] : await placesOf(scope, context);
  const rows = places.map((cells) => [...cells, ...COMMUNITY_COLUMNS.map(() => "")]);
  if (isWorkbook) await writeXlsx(file, HEADER, rows);
  else await writeCsv(file, HEADER, inOneBatch(rows));
  return { command: "template", file, columns: HEADER.length, rows: rows.length };
}

async function placesOf(request: ScopeRequest, { settings }: CommandContext): Promise<string[][]> {
  return withDatabase(parseDatabaseLocation(settings.database), "read", (database) =>
    withSnapshot(database, async (transaction) => {
      const scope = await readScope(transaction, database.dialect, request);
      return scope.kind === "all" ? [] : readScopePlaces(transaction, database.dialect, scope.municipalityIds);
    }),
  );
}

async function* inOneBatch(rows: string[][]): AsyncGenerator<string[][]> {
  yield rows;
}
