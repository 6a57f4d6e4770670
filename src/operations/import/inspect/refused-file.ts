import { InputError } from "../../../core/errors.ts";
import { findHeader } from "../../../core/headings/find-header.ts";
import { understandKeys } from "../../../core/headings/understood-headings.ts";
import { refuseUnknown } from "../../../core/headings/unknown/refused-headings.ts";
import type { InspectReport } from "../../../core/import/inspect-report.ts";
import { noPassedRows } from "../../../core/records/passed-rows.ts";
import { READ_AS_IT_IS, readTable } from "../../../files/table-reader.ts";
import type { CommunityFile, CommunityFileOptions, Opened } from "../../shared/import/community-file.ts";
import { rowsForHeader } from "../../shared/import/first-rows.ts";
import { openCommunityFile } from "../../shared/import/open-community-file.ts";
import { refuseWithoutRows, type StagedFile } from "../../shared/import/staged-file.ts";

export type Inspection = Omit<InspectReport, "command" | "file" | "durationMs">;

/** Opens a file with its unknown columns ignored; the reason why an import refuses it where not even that is possible. */
export async function openInspected(options: Opened<CommunityFileOptions>): Promise<CommunityFile | InputError> {
  const opened = await refusedOr(() => openCommunityFile({ ...options, ignoreUnknown: true }));
  // What an import says first is more to the point.
  return opened instanceof InputError ? ((await refusalOf(options)) ?? opened) : opened;
}

/** The result, or why an import refuses the file. */
export async function refusedOr<Result>(read: () => Promise<Result>): Promise<Result | InputError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Why an import refuses a file that can be read: it has unknown columns, or no rows. */
export async function problemsOf(
  communities: CommunityFile,
  staged: Pick<StagedFile, "rows">,
  options: Opened<CommunityFileOptions>,
): Promise<Inspection["problems"]> {
  const unknown = await unknownColumnsOf(communities, options);
  const refusal = unknown ?? (await refused(() => refuseWithoutRows(staged, options.file)));
  return refusal === null ? [] : [problemOf(refusal)];
}

async function unknownColumnsOf(
  communities: CommunityFile,
  options: Opened<CommunityFileOptions>,
): Promise<InputError | null> {
  if (options.ignoreUnknown === true || communities.headers().every(({ ignored }) => ignored.length === 0)) return null;
  return communities.mayAddColumns ? refusalOfKeys(communities, options) : refusalOf(options);
}

/** Later lines of JSON may have the unknown keys. */
function refusalOfKeys(
  communities: CommunityFile,
  { file, mapping = new Map() }: Opened<CommunityFileOptions>,
): Promise<InputError | null> {
  return refused(() => refuseUnknown(understandKeys(communities.header().headings, mapping), file.name));
}

/** Why an import refuses a file for its header; null where it does not. */
async function refusalOf(options: Opened<CommunityFileOptions>): Promise<InputError | null> {
  const opened = await refusedOr(() => openCommunityFile(options));
  if (opened instanceof InputError) return opened;
  await opened.batches.return(undefined);
  return null;
}

function refused(check: () => void): Promise<InputError | null> {
  return refusedOr(async () => {
    check();
    return null;
  });
}

function problemOf({ message, hint }: InputError): Inspection["problems"][number] {
  return { message, hint };
}

/** Rows and cells of a refused file that are shown. */
const PREVIEW = { rows: 5, cells: 20 };

/**
 * The first rows of a file that is refused as a whole; of several sheets, none.
 *
 * @throws InputError, the refusal, where not even the rows can be read
 */
export async function previewOf(
  { file, table = READ_AS_IT_IS, mapping = new Map(), allSheets = false }: Opened<CommunityFileOptions>,
  refusal: InputError,
  placesUnchecked: string | null,
): Promise<Inspection> {
  const { batches, keys, source } = await readTable(file, table);
  const rows = await rowsForHeader(batches);
  await batches.return(undefined);
  if (rows.length === 0) throw refusal;
  const first = allSheets ? [] : rows;
  return {
    source: allSheets ? { ...source(), sheet: null } : source(),
    ...{ sheets: null, tables: [] },
    headerRow: keys === null ? (findHeader(first, mapping)?.row ?? null) : 0,
    columns: [],
    ...{ rows: 0, firstRow: null, lastRow: null, withoutValues: 0, passedOver: noPassedRows() },
    problems: [problemOf(refusal)],
    preview: first.slice(0, PREVIEW.rows).map(({ row, cells }) => ({ row, cells: cells.slice(0, PREVIEW.cells) })),
    ...{ rejected: 0, rejects: [], rejectKinds: {}, warnings: [], warningKinds: {} },
    placesUnchecked,
  };
}
