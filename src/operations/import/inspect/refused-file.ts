import { InputError } from "../../../core/errors.ts";
import { refuseUnknown } from "../../../core/headings/refused-headings.ts";
import { understandKeys } from "../../../core/headings/understood-headings.ts";
import type { InspectReport } from "../../../core/import/inspect-report.ts";
import { noPassedRows } from "../../../core/records/passed-rows.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import { READ_AS_IT_IS, readTable } from "../../../files/table-reader.ts";
import type { CommunityFile, CommunityFileOptions, Opened } from "../../shared/import/community-file.ts";
import { openCommunityFile } from "../../shared/import/open-community-file.ts";

export type Inspection = Omit<InspectReport, "command" | "file" | "durationMs">;

/** Opens a file with its unknown columns ignored; the reason why an import refuses it where not even that is possible. */
export async function openInspected(options: Opened<CommunityFileOptions>): Promise<CommunityFile | InputError> {
  try {
    return await openCommunityFile({ ...options, ignoreUnknown: true });
  } catch (error) {
    // What an import says first is more to the point.
    if (error instanceof InputError) return (await refusalOf(options)) ?? error;
    throw error;
  }
}

/** Why an import refuses a file that can be read: it has unknown columns. */
export async function problemsOf(
  communities: CommunityFile,
  options: Opened<CommunityFileOptions>,
): Promise<Inspection["problems"]> {
  if (options.ignoreUnknown === true || communities.headers().every(({ ignored }) => ignored.length === 0)) return [];
  const refusal = communities.mayAddColumns ? refusalOfKeys(communities, options) : await refusalOf(options);
  return refusal === null ? [] : [problemOf(refusal)];
}

/** Later lines of JSON may have the unknown keys. */
function refusalOfKeys(
  communities: CommunityFile,
  { file, mapping = new Map() }: Opened<CommunityFileOptions>,
): InputError | null {
  return refused(() => refuseUnknown(understandKeys(communities.header().headings, mapping), file.name));
}

/** Why an import refuses a file for its header; null where it does not. */
async function refusalOf(options: Opened<CommunityFileOptions>): Promise<InputError | null> {
  try {
    const { batches } = await openCommunityFile(options);
    await batches.return(undefined);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function refused(check: () => void): InputError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function problemOf({ message, hint }: InputError): Inspection["problems"][number] {
  return { message, hint };
}

/** Rows and cells of a file without a header that are shown. */
const PREVIEW = { rows: 5, cells: 20 };

/**
 * The first rows of a file whose header cannot be read.
 *
 * @throws InputError, the refusal, where not even the rows can be read
 */
export async function previewOf(
  { file, table = READ_AS_IT_IS }: Opened<CommunityFileOptions>,
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
    ...{ sheets: null, tables: [] },
    headerRow: null,
    columns: [],
    ...{ rows: 0, firstRow: null, lastRow: null, withoutValues: 0, passedOver: noPassedRows() },
    problems: [problemOf(refusal)],
    preview: first.slice(0, PREVIEW.rows).map(({ row, cells }) => ({ row, cells: cells.slice(0, PREVIEW.cells) })),
    ...{ rejected: 0, rejects: [], rejectKinds: {}, warnings: [], warningKinds: {} },
    placesUnchecked,
  };
}
