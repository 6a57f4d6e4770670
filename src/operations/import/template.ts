import { UsageError } from "../../core/errors.ts";
import type { FigureRow } from "../../core/figures/figure-row.ts";
import { NAME_COLUMNS } from "../../core/headings/import-columns.ts";
import { shownText, type TemplateColumn, templateColumns } from "../../core/headings/known/form-columns.ts";
import type { TemplateReport } from "../../core/import/import-report.ts";
import { COMMUNITY_COLUMNS } from "../../core/records/community.ts";
import type { TextRules } from "../../core/records/text-rules.ts";
import type { Scope, ScopeRequest } from "../../core/sync/scope.ts";
import type { UnitValue } from "../../core/sync/unit-change.ts";
import type { Session } from "../../db/connection/session.ts";
import { readCommunityFigures } from "../../db/figures/community-figures.ts";
import { readScopePlaces } from "../../db/places/place-directory-reader.ts";
import { OBCMS_TEXTS } from "../../db/schema/obcms-choices.ts";
import { readScope } from "../../db/sync/scope-reader.ts";
import { type Connection, withSnapshot } from "../../db/transaction/transaction.ts";
import { writeCsv } from "../../files/out/csv-writer.ts";
import { type Draft, withOutputFile } from "../../files/out/output-file.ts";
import { type TemplateRow, writeTemplateSheet } from "../../files/out/workbook/template-sheet.ts";
import { pathGiven } from "../shared/given-arguments.ts";
import { callGiven, optionsGiven, scopeGiven } from "../shared/given-options.ts";
import type { DatabaseOptions } from "../shared/options.ts";
import { databaseFiles } from "../shared/protected-files.ts";

export interface TemplateOptions extends DatabaseOptions {
  /** The .csv or .xlsx file to write. */
  file: string;
  /** Whether it may replace a file; false by default. Never the database. */
  overwrite?: boolean | undefined;
  /** The units whose barangays are filled in. */
  scope: Exclude<ScopeRequest, { kind: "all" }>;
  /** Fills in what is stored, to be corrected; then the barangays of archived communities are left out. */
  withValues?: boolean | undefined;
}

/**
 * Writes a communities file to fill in, with the header and the barangays of a scope. With their values, it changes nothing
 * when it is imported as it is.
 *
 * @throws UsageError if the file is neither .csv nor .xlsx
 */
export async function writeTemplate(connection: Connection, given: TemplateOptions): Promise<TemplateReport> {
  callGiven(connection, given);
  pathGiven("file", given.file);
  scopeGiven("scope", given.scope);
  const { file, scope: asked, overwrite = false, withValues = false, ...options } = given;
  const write = writerFor(file);
  const request = { path: file, flag: "--template", overwrite, never: databaseFiles(connection) };
  return withOutputFile(request, (draft) =>
    withSnapshot(connection, options, async (session) => {
      const scope = await readScope(session, asked);
      const places = scope.kind === "all" ? [] : await readScopePlaces(session, scope.municipalityIds);
      const stored = withValues ? await readStored(session, scope) : null;
      return write(draft, session.schema.texts, rowsOf(places, stored));
    }),
  );
}

export interface EmptyTemplateOptions {
  /** Whether the template may replace a file; false by default. */
  overwrite?: boolean | undefined;
  /** Path or URL of a database that the template may not replace. */
  database?: string | undefined;
}

/** Writes a communities file with only the header; opens no database. */
export async function writeEmptyTemplate(file: string, options: EmptyTemplateOptions = {}): Promise<TemplateReport> {
  optionsGiven(options);
  pathGiven("file", file);
  const { overwrite = false, database } = options;
  const write = writerFor(file);
  const never = database === undefined ? [] : databaseFiles(database);
  return withOutputFile({ path: file, flag: "--template", overwrite, never }, (draft) => write(draft, {}, []));
}

/** A barangay, and what is stored of its community; null where it is to be filled in. */
interface TemplatePlace {
  place: readonly string[];
  values: FigureRow["values"] | null;
}

type Write = (draft: Draft, texts: TextRules, places: readonly TemplatePlace[]) => Promise<TemplateReport>;

function writerFor(file: string): Write {
  const isWorkbook = /\.xlsx$/i.test(file);
  if (!isWorkbook && !/\.csv$/i.test(file)) {
    throw new UsageError(`--template ${file} is neither .csv nor .xlsx`, "For example: --template communities.xlsx");
  }
  return async (draft, texts, places) => {
    const columns = templateColumns(texts, OBCMS_TEXTS);
    const rows = places.map(({ place, values }) => [
      ...place,
      ...COMMUNITY_COLUMNS.map((name) => values?.[name] ?? null),
    ]);
    if (isWorkbook) await writeTemplateSheet(draft, columns, labelled(texts, columns, rows));
    else
      await writeCsv(
        draft,
        columns.map(({ name }) => name),
        inOneBatch(rows),
      );
    const filled = places.filter(({ values }) => values !== null).length;
    return { command: "template", file, columns: columns.length, rows: rows.length, filled };
  };
}

type Stored = { communities: Map<string, FigureRow["values"]>; archived: Set<string> };

/** The stored communities by the code of their barangay. */
async function readStored(session: Session, scope: Scope): Promise<Stored> {
  const stored: Stored = { communities: new Map(), archived: new Set() };
  for await (const { values } of readCommunityFigures(session, scope, { archived: true, changedBy: null })) {
    const code = String(values.barangay_code);
    if (values.is_deleted === true) stored.archived.add(code);
    else stored.communities.set(code, values);
  }
  return stored;
}

const CODE_AT = NAME_COLUMNS.length;

function rowsOf(places: readonly string[][], stored: Stored | null): TemplatePlace[] {
  return places.flatMap((place) => {
    const code = place[CODE_AT] ?? "";
    return stored?.archived.has(code) ? [] : [{ place, values: stored?.communities.get(code) ?? null }];
  });
}

type Row = ReadonlyArray<UnitValue>;

async function* labelled(
  texts: TextRules,
  columns: readonly TemplateColumn[],
  rows: readonly Row[],
): AsyncGenerator<TemplateRow> {
  for (const row of rows) {
    yield columns.map(({ name }, index) => {
      const value = row[index] ?? null;
      if (typeof value === "string") return value === "" ? null : shownText(texts, name, value);
      return typeof value === "boolean" ? null : value;
    });
  }
}

async function* inOneBatch(rows: readonly Row[]): AsyncGenerator<string[][]> {
  yield rows.map((row) => row.map((value) => (value === null ? "" : String(value))));
}
